import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalog } from '../support/parse-lines.ts';
import { assertSample, recordOf } from '../support/samples.ts';

const kinds = ['good', 'malformed', 'hostile'] as const;

for (const dataset of catalog.datasets) {
  const programs = dataset.programs.filter((program) => program !== '*');
  const isForAny = programs.length < dataset.programs.length;

  describe(`the dataset ${dataset.name}`, () => {
    test('has a good, a malformed and a hostile sample', () => {
      for (const kind of kinds)
        assert.ok(
          dataset.samples.some((sample) => sample.kind === kind),
          kind,
        );
    });

    test('names its programs and its source', () => {
      assert.notEqual(dataset.source, '');
      assert.ok(dataset.programs.length > 0);
    });

    for (const sample of dataset.samples) {
      test(`reads its ${sample.kind} sample ${sample.line.slice(0, 90)}`, async () => {
        const record = await recordOf(sample.line);
        // A program may write several kinds of log: `haproxy.http` is of the dataset `haproxy`.
        const about = sample.fields['log.dataset'] ?? dataset.name;
        if (!isForAny) assert.equal(record.log.dataset?.split('.')[0], String(about).split('.')[0]);
        assertSample(record, sample);
      });
    }

    test('is told by the name of the program, whatever it says', async () => {
      for (const program of programs) {
        const record = await recordOf(`Nov 22 13:36:00 web1 ${program}[1]: what nobody has ever said`);
        assert.equal(record.log.dataset, dataset.name, program);
        assert.equal(record.message, 'what nobody has ever said');
      }
    });
  });
}

test('no program belongs to two datasets', () => {
  const programs = catalog.datasets.flatMap((dataset) => dataset.programs).filter((program) => program !== '*');
  assert.equal(new Set(programs).size, programs.length);
});
