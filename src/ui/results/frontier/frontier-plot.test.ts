import { describe, expect, it } from 'vitest';
import { readSaved } from '../../../../scripts/figures/saved.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { summariseArm } from '../../../state/summary/summary.ts';
import { ablations } from '../../../study/presets/ablations.ts';
import { FRONTIER_MEASURES, frontierCaption, frontierPlot, frontierTable } from './frontier-plot.ts';
import { FRONTIER } from './figure.ts';

const result = readSaved(ablations);
const [kept, midpoint] = FRONTIER_MEASURES;

describe('the frontier of arms', () => {
  it('has a point per arm, and a line through those that are not beaten, from the most accurate on', () => {
    for (const measure of FRONTIER_MEASURES) {
      const { marks } = frontierPlot(result, measure)!(600).panels[0];
      const points = marks.flatMap((mark) => (mark.kind === 'points' ? mark.points : []));
      const [line] = marks.flatMap((mark) => (mark.kind === 'line' ? [mark] : []));
      expect(points).toHaveLength(result.config.arms.length);
      expect(line.x.length).toBeGreaterThan(0);
      line.x.forEach((x, i) => {
        expect(points.some((point) => point.x > x && point.y > line.y[i])).toBe(false);
        if (i > 0) expect([x < line.x[i - 1], line.y[i] > line.y[i - 1]]).toEqual([true, true]);
      });
    }
  });

  it('is read with the names of these arms', () => {
    const best = result.config.arms
      .map(({ id, name }) => ({ name, accuracy: summariseArm(result, id).testAccuracy!.mean }))
      .reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
    expect(frontierCaption(result, kept)).toMatch(
      /^Of 17 arms, no other is better than .* in both accuracy and gain kept/,
    );
    expect(frontierCaption(result, midpoint)).toContain(best.name);
    const { head, rows } = frontierTable(result);
    for (const row of rows) expect(row).toHaveLength(head.length);
  });

  it('takes three arms and pruning', () => {
    expect(FRONTIER.fills(result)).toBe(true);
    expect(FRONTIER.fills(studyResultFixture())).toBe(false);
    expect(frontierPlot({ ...result, pruning: [] }, kept)).toBeNull();
    expect(frontierCaption({ ...result, runs: [] }, kept)).toBe('');
  });
});
