/* Runs a command of src/ as a process: `tsx test/support/run.ts store --db FILE`. */
import { main } from '../../src/cli/main.ts';

const [stage = ''] = process.argv.splice(2, 1);
const { default: command } = await import(`../../src/${stage}/command.ts`);
await main(command);
