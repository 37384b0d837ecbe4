import fc from 'fast-check';

/*
 * Where generated cases start. `test/run` says one place, so that whoever runs the tests sees what another saw; a file that is
 * run by itself tries other cases each time, which finds what is not known yet.
 */

const said = process.env['LP_TEST_SEED'];

/** Nine digits at most. */
export const firstSeed = said === undefined ? Date.now() % 1_000_000_000 : Number(said);

fc.configureGlobal({ seed: firstSeed });

export { fc };
