import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { mean, standardDeviation } from '../../../core/statistics.ts';
import { StudyResultSchema, type StudyResult } from '../../../study/result/result.ts';
import { readJsonFile } from '../../../../tests/support/files.ts';
import { seenCaption } from './pruning-caption.ts';
import { maskRows, sortedRows } from './mask-rows.ts';
import { structuredHeight, structuredPlot, structuredTable } from './pruning-plot.ts';

const saved: StudyResult = v.parse(StudyResultSchema, readJsonFile('public/showcase/few-shots.json'));
const rows = maskRows(saved);

describe('masks of layers', () => {
  it('have the mean and its interval over seeds, arm by arm', () => {
    const even = rows.find(({ label }) => label === 'even');
    saved.config.arms.forEach(({ id }, a) => {
      const values = saved.pruning
        .filter(({ arm }) => arm === id)
        .flatMap(({ structured }) => structured.find(({ label }) => label === 'even')?.retainedGain ?? []);
      const interval = even?.arms[a]?.intervals.retained;
      expect(values).toHaveLength(6);
      expect(interval?.mean).toBeCloseTo(mean(values), 12);
      // Student's t with five degrees of freedom.
      const half = (2.571 * standardDeviation(values)) / Math.sqrt(values.length);
      expect(interval?.high).toBeCloseTo(mean(values) + half, 3);
    });
  });

  it('have no interval from fewer than three seeds', () => {
    const two = maskRows({ ...saved, pruning: saved.pruning.filter(({ seed }) => seed < 2) });
    for (const { arms } of two)
      for (const arm of arms) expect(arm?.intervals).toEqual({ accuracy: null, retained: null });
  });

  it('have an interval that is no point where all seeds agree', () => {
    const pruning = saved.pruning.map((entry) => ({
      ...entry,
      structured: entry.structured.map((mask) => ({ ...mask, accuracy: 0.35, retainedGain: 0.5 })),
    }));
    const [{ arms }] = maskRows({ ...saved, pruning });
    for (const { low = NaN, high = NaN } of [arms[0]?.intervals.accuracy ?? {}, arms[0]?.intervals.retained ?? {}])
      expect(high - low).toBeGreaterThan(1e-4);
  });

  it('keep of every arm what is its own share', () => {
    const [first, second] = saved.config.arms;
    const pruning = saved.pruning.map((entry) => ({
      ...entry,
      structured: entry.structured.map((mask) =>
        mask.label === 'q' ? { ...mask, kept: 12, of: entry.arm === second.id ? 36 : 24 } : mask,
      ),
    }));
    const only = structuredTable({ ...saved, pruning }).rows.filter(([name]) => name === 'Only q');
    expect(only.map(([, arm, kept]) => [arm, kept])).toEqual([
      [first.name, '50'],
      [second.name, '33'],
    ]);
  });

  it('are sorted by what they leave, and those that captions speak of are shown first', () => {
    const few = sortedRows(rows, 'retained', true);
    expect(few.map(({ label }) => label).sort()).toEqual(['even', 'high', 'low', 'middle', 'odd']);
    const levels = sortedRows(rows, 'accuracy', false).map(({ arms }) =>
      mean(arms.flatMap((arm) => arm?.accuracy.mean ?? [])),
    );
    expect(levels).toEqual(levels.toSorted((a, b) => b - a));
    expect(sortedRows(rows, 'retained', false)).toHaveLength(rows.length);
    const others = rows.filter(({ label }) => label.startsWith('random'));
    expect(sortedRows(others, 'accuracy', true)).toHaveLength(Math.min(5, others.length));
  });

  it('are drawn as a dot per arm, row by row', () => {
    const figure = structuredPlot(saved, 'retained', true)?.(600);
    const points = figure?.panels[0].marks.filter((mark) => mark.kind === 'points') ?? [];
    expect(points.map(({ name }) => name)).toEqual(['LoRA', 'CopRA']);
    for (const { points: dots } of points) expect(dots).toHaveLength(5);
    expect(points[0].reading(0)).toMatch(/^[A-Z].*, LoRA: \d+\.\d % \(\d+\.\d to \d+\.\d\)$/);
    expect(structuredHeight(saved, 'retained', false)).toBeGreaterThan(structuredHeight(saved, 'retained', true));
  });
});

describe('masks by Shapley value', () => {
  it('say how many of the images that they are tested on their order has seen; others say nothing', () => {
    const { images } = saved.shapley[0];
    const said = `ranked on ${images} of the ${saved.task.test} test images`;
    const { panels } = structuredPlot(saved, 'accuracy', false)!(600);
    const points = panels[0].marks.flatMap((mark) => (mark.kind === 'points' ? [mark] : []));
    const readings = points.flatMap((mark) => mark.points.map((_, i) => mark.reading(i)));
    expect(readings.some((text) => text.includes('lowest Shapley'))).toBe(true);
    for (const text of readings) expect(text.includes(said)).toBe(text.includes('lowest Shapley'));
    expect(seenCaption(saved)).toContain(`${images} of the ${saved.task.test} test images`);
    const structured = saved.pruning.map((entry) => ({
      ...entry,
      structured: entry.structured.filter(({ label }) => !label.startsWith('shapley-')),
    }));
    expect(seenCaption({ ...saved, pruning: structured })).toBe('');
  });
});
