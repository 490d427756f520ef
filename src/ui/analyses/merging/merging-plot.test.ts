import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { MERGES } from '../../../study/analyses/merging/merges.ts';
import type { MergingResult } from '../../../study/analyses/merging/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { mergingCaption } from './merging-caption.ts';
import { holdsTexts } from '../../charts/picture/bars.ts';
import { scalesOf } from '../../charts/scales/scales.ts';
import type { Metric } from '../../results/names.ts';
import { mergingHeight, mergingPlot, mergingTable } from './merging-plot.ts';

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

function barsOf(result: StudyResult, metric: Metric) {
  const [{ y, marks }] = mergingPlot(result, metric)!(500).panels;
  const levels = marks.filter(({ kind }) => kind === 'level');
  const series = marks.flatMap((mark) => (mark.kind === 'bars' ? mark.series : []));
  return { names: y.kind === 'names' ? y.names : [], series, levels };
}

describe('the merging figure', () => {
  it.each(['accuracy', 'loss'] as const)(
    'draws a bar per merge and arm, and the single runs as lines: %s',
    (metric) => {
      const { names, series, levels } = barsOf(withGroups(group('lora'), group('copra')), metric);
      expect(series.map(({ name }) => name)).toEqual(['LoRA', 'CopRA']);
      expect(names).toHaveLength(1 + MERGES.length); // every name is its own row
      for (const { values } of series) {
        expect(values).toHaveLength(names.length);
        expect(values.every(Number.isFinite)).toBe(true);
      }
      expect(levels).toHaveLength(2 * 2 + 1);
    },
  );

  it.each([1, 2, 3])('has room for the numbers in the bars of %i groups', (groups) => {
    const result = withGroups(...['lora', 'copra', null].slice(0, groups).map(group));
    const [{ y, panel }] = scalesOf(mergingPlot(result, 'accuracy')!(500), 500, mergingHeight(groups));
    for (const mark of panel.marks) if (mark.kind === 'bars') expect(holdsTexts(mark, y, 11)).toBe(true);
  });

  it('draws adapters that belong to no arm, and a group of which only the ensemble is known', () => {
    const { names, series } = barsOf(withGroups({ ...group(null), merges: [] }), 'accuracy');
    expect(names).toEqual(['Ensemble of logits']);
    expect(series.map(({ name, reading }) => [name, reading(0)])).toEqual([
      ['All adapters', 'All adapters 53.0 %, 2 evaluations'],
    ]);
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
