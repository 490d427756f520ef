import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { MERGES } from '../../../study/analyses/merging/merges.ts';
import type { MergingResult } from '../../../study/analyses/merging/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { chartTheme as theme } from '../../../../tests/fixtures/chart-theme.ts';
import { mergingCaption } from './merging-caption.ts';
import { mergingPlot, mergingTable } from './merging-plot.ts';

const group = (arm: string | null): MergingResult => ({
  arm,
  runs: [
    { arm: 'lora', seed: 0, accuracy: 0.5, loss: 1.5 },
    { arm: arm ?? 'copra', seed: 1, accuracy: 0.52, loss: 1.4 },
  ],
  ensemble: { accuracy: 0.53, loss: 1.3 },
  merges: MERGES.map((merge, i) => ({ ...merge, scale: 1, rank: 8, accuracy: 0.4 + i / 200, loss: 2 - i / 50 })),
  sweep: { scales: [1, 2], accuracy: [0.5, 0.4], loss: [1.5, 1.7] },
  validation: 64,
});

const withGroups = (...merging: MergingResult[]): StudyResult => ({ ...studyResultFixture(), merging });

describe('the merging figure', () => {
  it.each(['accuracy', 'loss'] as const)(
    'draws a bar per merge and arm, and the single runs as lines: %s',
    (metric) => {
      const figure = mergingPlot(withGroups(group('lora'), group('copra')), metric)?.(theme, 500);
      expect(figure?.data.map(({ name }) => name)).toEqual(['LoRA', 'CopRA']);
      for (const trace of figure?.data ?? []) {
        expect(new Set(trace.y as string[]).size).toBe(1 + MERGES.length); // every name is its own row
        expect((trace.x as number[]).every(Number.isFinite)).toBe(true);
      }
      expect(figure?.layout.shapes).toHaveLength(2 * 2 + 1);
    },
  );

  it('draws adapters that belong to no arm, and a group of which only the ensemble is known', () => {
    const figure = mergingPlot(withGroups({ ...group(null), merges: [] }), 'accuracy')?.(theme, 500);
    expect(figure?.data.map(({ name, y }) => [name, y])).toEqual([['All adapters', ['Ensemble of logits']]]);
  });

  it('waits while there is nothing', () => {
    expect(mergingPlot(studyResultFixture(), 'accuracy')).toBeNull();
    expect(mergingCaption(studyResultFixture())).toBe('');
    expect(mergingTable(studyResultFixture()).rows).toEqual([]);
  });

  it('lists every number with as many cells as the head', () => {
    const { head, rows } = mergingTable(withGroups(group('lora'), group(null)));
    expect(rows).toHaveLength(2 * (2 + 1 + MERGES.length + 2));
    for (const row of rows) expect(row).toHaveLength(head.length);
    expect(rows.flat().join()).not.toMatch(/NaN|undefined/);
  });
});
