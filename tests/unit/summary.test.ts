import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { printSummary } from '../../scripts/summary.ts';
import { federatedFixture } from '../fixtures/federated.ts';
import { studyResultFixture } from '../fixtures/study-result.ts';
import { standardDeviation } from '../../src/core/statistics.ts';
import { hundredths } from '../../src/core/number-format.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { MEASURES } from '../../src/study/result/measures/measures.ts';

/** Wide enough for every name in one line. */
beforeEach(() => void Object.defineProperty(process.stdout, 'columns', { value: 300, configurable: true }));
afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(process.stdout, 'columns');
});

/** What is printed of a result. */
function printed(result: StudyResult): string {
  const said = vi.spyOn(console, 'log').mockReturnValue();
  said.mockClear();
  printSummary(result);
  return said.mock.calls.flat().join('\n');
}

/** The table below the line that begins so: its rows by their first column, columns apart by two blanks. */
function tableBelow(title: string, text: string): Record<string, string[]> {
  const [, below = ''] = text.split(new RegExp(`^${title}.*\n`, 'm'));
  const rows = below.split('\n\n')[0].split('\n');
  return Object.fromEntries(
    rows.map((row) => {
      const [name, ...cells] = row.trim().split(/ {2,}/);
      return [name, cells];
    }),
  );
}

it('compares federated courses after the round that all have done, without those that diverged', () => {
  const federated = (result: StudyResult) => tableBelow('Federated', printed(result));
  const stopped = federatedFixture({
    rounds: 10,
    seeds: 1,
    status: 'stopped',
    done: (arm, _, rule) => (arm === 'copra' && rule === 'fedex-lora' ? 4 : 5),
  });
  expect(federated(stopped)).toMatchObject({ rule: ['LoRA', 'CopRA'], FedIT: ['43.0', '44.0'] });
  const diverged = federated(federatedFixture({ rounds: 10, seeds: 1, done: (arm) => (arm === 'lora' ? 3 : 10) }));
  expect(diverged).toMatchObject({ rule: ['CopRA'], FedIT: ['50.0'] });
});

describe('the table of measures', () => {
  it('has a column for every arm, also for those of equal names', () => {
    const result = studyResultFixture();
    const arms = result.config.arms.map((arm) => ({ ...arm, name: 'same name' }));
    expect(arms).toHaveLength(2);
    const { measure, ...rows } = tableBelow('Measures', printed({ ...result, config: { ...result.config, arms } }));
    expect(measure).toEqual(['same name', 'same name-2']);
    expect(Object.keys(rows).length).toBeGreaterThan(3);
  });

  it('says standard deviations, as the page does, and that it does', () => {
    const result = studyResultFixture();
    const [{ id }] = result.config.arms;
    const text = printed(result);
    expect(text).toContain('mean ± standard deviation over seeds or pairs of seeds');
    const rows = tableBelow('Measures', text);
    for (const measure of MEASURES) {
      const values = measure.values(result, id).map(({ value }) => value);
      if (values.length > 1) expect(rows[measure.name][0]).toMatch(` ± ${hundredths(standardDeviation(values))}`);
    }
  });
});
