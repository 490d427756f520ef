import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { MERGES } from '../../../study/analyses/merging/merges.ts';
import type { MergingResult } from '../../../study/analyses/merging/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { decodeResultLink, encodeResultLink, GOOD_LENGTH } from '../../link/result-link.ts';
import { mergingCsv } from './csv.ts';

const score = (i: number) => ({ accuracy: ((137 * i) % 200) / 400 + 0.25, loss: 1 + ((37 * i) % 50) / 50 });

const group = (arm: string | null, runs: readonly { arm: string; seed: number }[]): MergingResult => ({
  arm,
  runs: runs.map((run, i) => ({ ...run, ...score(i) })),
  ensemble: score(9),
  merges: MERGES.map((merge, i) => ({ ...merge, scale: i % 3 === 0 ? 0.75 : 1, rank: 4 * (1 + (i % 4)), ...score(i) })),
  sweep: { scales: [0.5, 1, 2], accuracy: [0.5, 0.6, 0.55], loss: [1.5, 1.25, 1.375] },
  validation: 256,
});

function withMerging(): StudyResult {
  const result = studyResultFixture();
  const merging = result.config.arms.map(({ id }) =>
    group(
      id,
      result.config.seeds.map((seed) => ({ arm: id, seed })),
    ),
  );
  return { ...result, landscape: [], shapley: [], pruning: [], merging };
}

function roundTrip(result: StudyResult): StudyResult {
  const decoded = decodeResultLink(encodeResultLink(result).fragment);
  if (!decoded.ok) throw new Error(decoded.message());
  return decoded.result;
}

describe('merges in links', () => {
  it('arrive with every accuracy, and losses as near as a chart shows', () => {
    const result = withMerging();
    const merging = roundTrip(result).merging ?? [];
    expect(merging).toHaveLength(2);
    merging.forEach((actual, g) => {
      const expected = result.merging![g];
      expect({ ...actual, runs: 0, merges: 0, sweep: 0, ensemble: 0 }).toEqual({
        ...expected,
        runs: 0,
        merges: 0,
        sweep: 0,
        ensemble: 0,
      });
      expect(actual.merges.map(({ method, alignment, scale, rank }) => [method, alignment, scale, rank])).toEqual(
        expected.merges.map(({ method, alignment, scale, rank }) => [method, alignment, scale, rank]),
      );
      const all = (r: MergingResult) => [...r.runs, ...(r.ensemble ? [r.ensemble] : []), ...r.merges];
      all(actual).forEach(({ accuracy, loss }, i) => {
        expect(accuracy).toBeCloseTo(all(expected)[i].accuracy, 9);
        expect(Math.abs(loss - all(expected)[i].loss)).toBeLessThan(0.005);
      });
      expect(actual.sweep?.scales).toEqual([0.5, 1, 2]);
      expect(actual.sweep?.accuracy[1]).toBeCloseTo(0.6, 9);
    });
  });

  it('arrive with every accuracy also where a merge fails beside others that do not', () => {
    const result = withMerging();
    const merging = result.merging!.map(({ merges, ...rest }) => ({
      ...rest,
      merges: merges.map((merge, i) =>
        i === 0 ? { ...merge, accuracy: 1 / 400 } : { ...merge, accuracy: (300 + i) / 400 },
      ),
    }));
    const accuracies = (list: readonly MergingResult[]) =>
      list.map(({ merges }) => merges.map(({ accuracy }) => Math.round(400 * accuracy)));
    expect(accuracies(roundTrip({ ...result, merging }).merging ?? [])).toEqual(accuracies(merging));
  });

  it('of adapters from anywhere, with parts missing', () => {
    const result = withMerging();
    const across = group(null, [
      { arm: 'lora', seed: 1 },
      { arm: 'copra', seed: 0 },
    ]);
    const [read] =
      roundTrip({ ...result, merging: [{ ...across, ensemble: null, sweep: null, merges: [] }] }).merging ?? [];
    expect(read).toMatchObject({ arm: null, ensemble: null, sweep: null, merges: [] });
    expect(read.runs.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(['lora 1', 'copra 0']);
  });

  it('fit beside the runs, and are left out with a word where there is no room', () => {
    const { fragment, leftOut } = encodeResultLink(withMerging());
    expect(fragment.length).toBeLessThan(GOOD_LENGTH);
    expect(leftOut.join()).not.toContain('merges');
    expect(encodeResultLink(withMerging(), 300).leftOut).toContain('the merges of all seeds');
  });

  it('are absent from links of studies without merging', () => {
    expect('merging' in roundTrip(studyResultFixture())).toBe(false);
  });

  it('of an arm that is not part of the study are left out', () => {
    const result = withMerging();
    const stray = { ...result, merging: [...result.merging!, group('gone', [])] };
    expect(roundTrip(stray).merging?.map(({ arm }) => arm)).toEqual(['lora', 'copra']);
  });
});

it('CSV: a row per run, ensemble, merge and λ', () => {
  const lines = mergingCsv(withMerging()).trim().split('\r\n');
  expect(lines).toHaveLength(1 + 2 * (2 + 1 + MERGES.length + 3));
  expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([9]));
});
