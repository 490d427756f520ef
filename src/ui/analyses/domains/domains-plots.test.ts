import { describe, expect, it } from 'vitest';
import { withDomains } from '../../../../tests/fixtures/domains.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { mean } from '../../../core/statistics.ts';
import { without } from '../../../core/without.ts';
import { findingsToShow } from '../../../state/summary/findings.ts';
import { keptOfBackbone } from '../../../study/result/measures/domains.ts';
import type { Figure, LineMark, PointsMark } from '../../charts/figure.ts';
import { domainsCaption, keptCaption } from './domains-caption.ts';
import { keptPlot, keptTable } from './kept-plot.ts';
import { targetPanels, targetPlot, targetTable } from './target-plot.ts';

const result = withDomains(studyResultFixture({ seeds: 3 }));
const part = result.domains!;
const plain = studyResultFixture();

const lines = ({ panels }: Figure, panel: number): LineMark[] =>
  panels[panel].marks.filter((mark) => mark.kind === 'line');
const points = ({ panels }: Figure, panel: number): PointsMark[] =>
  panels[panel].marks.filter((mark) => mark.kind === 'points');
const others = (accuracy: readonly number[]) => 100 * mean(accuracy.slice(1));

it('nothing is said of other domains where none was tested', () => {
  const alone = { ...part, domains: part.domains.slice(0, 1), frozen: { accuracy: [0.5] }, paths: [] };
  const runs = part.runs.map((run) => ({ ...run, accuracy: [0.6], correct: undefined, subsets: [] }));
  const only = { ...result, domains: { ...alone, runs } };
  expect([domainsCaption(only), keptCaption(only).reading]).toEqual(['', '']);
  expect([targetPlot(only), keptPlot(only), targetTable(only).rows.length]).toEqual([null, null, 0]);
  expect(keptTable(only).rows.map(([name]) => name)).toEqual([part.domains[0].name]);
  expect(findingsToShow(only, only.config).map(({ id }) => id)).not.toContain('other-domains');
});

describe('the figure of the task against other domains', () => {
  const figure = targetPlot(result)!(900);

  it('goes from the backbone over more and more layers to the mean of the seeds', () => {
    expect(targetPanels(result)).toBe(3);
    const [backbone, ...seeds] = points(figure, 0);
    expect(backbone.points).toHaveLength(1);
    expect(backbone.points[0].x).toBeCloseTo(100 * part.frozen.accuracy[0], 9);
    expect(backbone.points[0].y).toBeCloseTo(others(part.frozen.accuracy), 9);
    expect(seeds.map((mark) => mark.points.length)).toEqual([3, 3]);
    for (const [a, line] of lines(figure, 0).entries()) {
      const runs = part.runs.filter(({ arm }) => arm === ['lora', 'copra'][a]);
      expect(line.x).toHaveLength(5);
      expect(line.x[0]).toBeCloseTo(backbone.points[0].x, 9);
      const half = runs.flatMap(({ subsets }) => subsets.filter(({ active }) => active === 6));
      expect(line.y[2]).toBeCloseTo(mean(half.map(({ accuracy }) => others(accuracy))), 9);
      expect(line.y[4]).toBeCloseTo(mean(runs.map(({ accuracy }) => others(accuracy))), 9);
    }
  });

  it('goes from the backbone over scaled updates to the mean of the seeds, and says by which s', () => {
    const [backbone] = points(figure, 1);
    for (const [a, line] of lines(figure, 1).entries()) {
      const runs = part.runs.filter(({ arm }) => arm === ['lora', 'copra'][a]);
      expect(line.x).toHaveLength(6);
      expect(line.y[0]).toBeCloseTo(backbone.points[0].y, 9);
      expect(line.y[2]).toBeCloseTo(mean(runs.map(({ scaled }) => others(scaled![1].accuracy))), 9);
      expect(line.x[5]).toBeCloseTo(100 * mean(runs.map(({ accuracy }) => accuracy[0])), 9);
      expect(line.reading!(2)).toMatch(/^(LoRA|CopRA), s = 0\.40: task /);
    }
  });

  it('goes from single seeds to the midpoint, whichever seed is the first', () => {
    for (const [a, line] of lines(figure, 2).entries()) {
      const paths = part.paths.filter(({ arm }) => arm === ['lora', 'copra'][a]);
      expect(line.x).toHaveLength(3);
      const quarter = paths.flatMap((path) => [path.points[1], path.points[3]]);
      expect(line.x[1]).toBeCloseTo(100 * mean(quarter.map(({ accuracy }) => accuracy[0])), 9);
      expect(line.y[2]).toBeCloseTo(mean(paths.map((path) => others(path.points[2].accuracy))), 9);
    }
  });

  it('stands while a study grows, and waits while there is nothing', () => {
    expect(targetPlot(plain)).toBeNull();
    expect(targetPlot({ ...result, domains: { ...part, runs: [], paths: [] } })).toBeNull();
    const early = { ...result, domains: { ...part, runs: part.runs.slice(0, 1), paths: [] } };
    expect(targetPlot(early)!(400).panels).toHaveLength(2);
    const before = {
      ...early,
      domains: { ...early.domains, runs: early.domains.runs.map((run) => without(run, 'scaled')) },
    };
    expect(targetPlot(before)!(400).panels).toHaveLength(1);
    expect(domainsCaption(before)).not.toContain('equal accuracy');
    expect(targetTable(plain).rows).toEqual([]);
  });

  it('lists every step', () => {
    const { head, rows } = targetTable(result);
    expect(rows).toHaveLength(1 + 2 * (4 + 5 + 3));
    for (const row of rows) expect(row).toHaveLength(head.length);
    expect(rows.flat().join()).not.toMatch(/NaN|undefined/);
  });
});

describe('the figure of what is kept of the backbone', () => {
  it('has a point and an interval for every domain, their mean and the task', () => {
    const figure = keptPlot(result)!(560);
    const [lora, copra] = points(figure, 0);
    expect([lora.points.length, copra.points.length]).toEqual([6, 6]);
    expect(lines(figure, 0)).toHaveLength(12);
    const whole = keptOfBackbone(part, 'copra', 'others')!;
    expect(copra.points[4].x).toBeCloseTo(100 * whole.mean, 9);
    const spans = lines(figure, 0).map(({ x }) => x);
    expect(spans).toContainEqual([100 * whole.low, 100 * whole.high]);
    expect(copra.reading(4)).toMatch(/^Mean of these, CopRA: −\d+\.\d \(−\d+\.\d to .*\) points$/);
  });

  it('has no intervals with one seed and no answers, and says so', () => {
    const one = {
      ...part,
      runs: part.runs.filter(({ seed }) => seed === 0).map((run) => ({ ...run, correct: undefined })),
      paths: [],
    };
    const figure = keptPlot({ ...result, domains: one })!(560);
    expect(lines(figure, 0)).toEqual([]);
    expect(keptCaption({ ...result, domains: one }).reading).toMatch(/but the seeds are too few to tell\.$/);
  });

  it('lists every domain with its intervals', () => {
    const { head, rows } = keptTable(result);
    expect(rows.map(([name]) => name)).toEqual([
      'Plain',
      'Night',
      'OpenMoji',
      'Firefox OS',
      'Mean of these',
      'Emoji groups, negative',
    ]);
    for (const row of rows) expect(row).toHaveLength(head.length);
    expect(keptTable(plain).rows).toEqual([]);
  });
});

describe('the sentences', () => {
  it('say first how the arms differ, then where they are', () => {
    expect(domainsCaption(result)).toMatch(
      /^On 4 other domains CopRA is \d+\.\d points ahead of LoRA \(95\s% interval .* over seeds and images\); LoRA .* and CopRA .*, zero-shot \d+\.\d\s%; with 2 fixed halves of the layers on .*; on the domain they were trained on .*; 3 seeds each, 619 test images in other domains: 419 different pictures\. At equal accuracy on the task \(LoRA scaled by 0\.\d\d\) on other domains LoRA \d+\.\d\s% and CopRA \d+\.\d\s%: CopRA is \d+\.\d points ahead of LoRA \(95\s% interval .* over seeds and images\)\.$/,
    );
    expect(keptCaption(result).reading).toMatch(
      /^Against the backbone, over the other domains LoRA loses \d+\.\d points \(.*\) and CopRA loses \d+\.\d \(.*\); clearly lower on .* \(LoRA\), .* \(CopRA\); clearly higher on none\.$/,
    );
    expect([domainsCaption(plain), keptCaption(plain).reading]).toEqual(['', '']);
  });

  it('speak of one arm alone', () => {
    const config = { ...result.config, arms: result.config.arms.slice(0, 1) };
    const alone = { ...result, config, domains: { ...part, runs: part.runs.filter(({ arm }) => arm === 'lora') } };
    expect(domainsCaption(alone)).toMatch(/^On 4 other domains: LoRA \d/);
  });
});
