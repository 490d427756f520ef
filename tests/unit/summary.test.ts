import { afterEach, describe, expect, it, vi } from 'vitest';
import { printSummary } from '../../scripts/summary.ts';
import { federatedFixture } from '../fixtures/federated.ts';
import { studyResultFixture } from '../fixtures/study-result.ts';
import { standardDeviation } from '../../src/core/statistics.ts';
import { hundredths } from '../../src/core/number-format.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { MEASURES } from '../../src/study/result/measures/measures.ts';

afterEach(() => void vi.restoreAllMocks());

it('compares federated courses after the round that all have done, without those that diverged', () => {
  vi.spyOn(console, 'log').mockReturnValue();
  const table = vi.spyOn(console, 'table').mockReturnValue();
  const printed = (): unknown => table.mock.lastCall?.[0];
  const stopped = federatedFixture({
    rounds: 10,
    seeds: 1,
    status: 'stopped',
    done: (arm, _, rule) => (arm === 'copra' && rule === 'fedex-lora' ? 4 : 5),
  });
  printSummary(stopped);
  expect(printed()).toMatchObject({ FedIT: { LoRA: '43.0', CopRA: '44.0' } });
  printSummary(federatedFixture({ rounds: 10, seeds: 1, done: (arm) => (arm === 'lora' ? 3 : 10) }));
  expect(printed()).toMatchObject({ FedIT: { CopRA: '50.0' } });
  expect(printed()).not.toMatchObject({ FedIT: { LoRA: expect.anything() as unknown } });
});

describe('the table of measures', () => {
  const tableOf = (result: StudyResult) => {
    const said = vi.spyOn(console, 'log').mockReturnValue();
    const table = vi.spyOn(console, 'table').mockReturnValue();
    printSummary(result);
    const [rows] = table.mock.calls[0] as [Record<string, Record<string, string>>];
    return { rows, said: said.mock.calls.flat().join('\n') };
  };

  it('has a column for every arm, also for those of equal names', () => {
    const result = studyResultFixture();
    const arms = result.config.arms.map((arm) => ({ ...arm, name: 'LoRA · seed 1' }));
    const { rows } = tableOf({ ...result, config: { ...result.config, arms } });
    expect(arms).toHaveLength(2);
    for (const row of Object.values(rows)) expect(Object.keys(row)).toEqual(['LoRA · seed 1', 'LoRA · seed 1-2']);
  });

  it('says standard deviations, as the page does, and that it does', () => {
    const result = studyResultFixture();
    const [{ id, name }] = result.config.arms;
    const { rows, said } = tableOf(result);
    expect(said).toContain('mean ± standard deviation over seeds or pairs of seeds');
    for (const measure of MEASURES) {
      const values = measure.values(result, id).map(({ value }) => value);
      if (values.length > 1) expect(rows[measure.name][name]).toMatch(` ± ${hundredths(standardDeviation(values))}`);
    }
  });
});
