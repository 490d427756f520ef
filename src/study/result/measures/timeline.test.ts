import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { withTimeline } from '../../../../tests/fixtures/timeline-result.ts';
import { barrier } from '../../../copra/landscape.ts';
import { retainedGain } from '../../../copra/retained-gain.ts';
import { mean } from '../../../core/statistics.ts';
import { withoutAnswers } from './image-variances.ts';
import { keptSteps, timelineDifference, timelineInterval, timelineValues, valuesBetween } from './timeline.ts';

const result = withTimeline(studyResultFixture({ seeds: 3 }));
const { runs, pairs } = result.timeline!;
const steps = keptSteps(result, 'lora');
const last = steps.length - 1;

describe('measures along training', () => {
  it('are those of their parts at every step', () => {
    for (const [place, step] of steps.entries()) {
      const own = runs.filter(({ arm }) => arm === 'copra');
      expect(timelineValues(result, 'copra', 'accuracy', step).map(({ value }) => value)).toEqual(
        own.map(({ accuracy }) => accuracy[place]),
      );
      const paths = pairs.filter(({ arm }) => arm === 'copra');
      const ends = paths.map(({ seeds }) => seeds.map((seed) => own.find((run) => run.seed === seed)!.accuracy[place]));
      const inner = paths.map(({ accuracy }) => accuracy.slice(3 * place, 3 * place + 3));
      expect(timelineValues(result, 'copra', 'midpoint', step).map(({ value }) => value)).toEqual(
        inner.map((values) => values[1]),
      );
      timelineValues(result, 'copra', 'barrier', step).forEach(({ value }, i) =>
        expect(value).toBeCloseTo(
          barrier([0, 0.25, 0.5, 0.75, 1], [ends[i][0], ...inner[i], ends[i][1]], 'accuracy'),
          12,
        ),
      );
      timelineValues(result, 'copra', 'above ends', step).forEach(({ value, byMotif }, i) => {
        expect(value).toBeCloseTo(inner[i][1] - mean(ends[i]), 12);
        expect(mean(byMotif!)).toBeCloseTo(value, 9);
      });
    }
  });

  it('keep the gain that pruning would compute, and none without a clear gain', () => {
    const frozen = result.task.zeroShot!.accuracy;
    const whole = runs.filter(({ arm }) => arm === 'lora');
    timelineValues(result, 'lora', 'every other', steps[last]).forEach(({ seeds, value }) => {
      const run = whole.find(({ seed }) => seed === seeds[0])!;
      const gains = run.halves.map(({ accuracy }) => retainedGain(accuracy[last], frozen, run.accuracy[last])!);
      expect(value).toBeCloseTo(mean(gains), 12);
    });
    const best = { ...result, task: { ...result.task, zeroShot: { accuracy: 0.99, loss: 0.1 } } };
    expect(timelineValues(best, 'lora', 'every other', steps[last])).toEqual([]);
  });

  it('lie on straight lines between kept steps, with their answers, and nowhere outside', () => {
    const [a, b] = [steps[1], steps[2]];
    const [from, to] = [a, b].map((step) => timelineValues(result, 'lora', 'midpoint', step));
    const between = valuesBetween(result, 'lora', 'midpoint', a + 0.25 * (b - a));
    between.forEach(({ value, byMotif, sensitivity }, i) => {
      expect(value).toBeCloseTo(0.75 * from[i].value + 0.25 * to[i].value, 12);
      expect(sensitivity).toBeCloseTo(0.75 ** 2 * from[i].sensitivity + 0.25 ** 2 * to[i].sensitivity, 12);
      expect(byMotif![5]).toBeCloseTo(0.75 * from[i].byMotif![5] + 0.25 * to[i].byMotif![5], 12);
    });
    expect(valuesBetween(result, 'lora', 'midpoint', b)).toEqual(to);
    expect(valuesBetween(result, 'lora', 'accuracy', steps[0] - 1)).toEqual([]);
    expect(valuesBetween(result, 'lora', 'accuracy', steps[last] + 1)).toEqual([]);
  });

  it('of a run that is taken earlier than another stay as it was taken', () => {
    const [{ steps: all }] = runs;
    const early = runs.map((run, i) => (i === 0 ? { ...run, steps: all.slice(0, -1) } : run));
    const taken = { ...result, timeline: { ...result.timeline!, runs: early } };
    const [{ arm }] = runs;
    const at = (study: typeof result, step: number) => timelineValues(study, arm, 'accuracy', step);
    expect(at(taken, steps[last])).toEqual([at(result, steps[last - 1])[0], ...at(result, steps[last]).slice(1)]);
    expect(at(taken, steps[last] - 1)).toEqual([at(result, steps[last - 1])[0]]);
  });

  it('differ seed by seed, over seeds and images while the answers are known, over seeds without', () => {
    const at = { step: steps[last] };
    const difference = timelineDifference(result, 'midpoint', { arm: 'lora', ...at }, { arm: 'copra', ...at })!;
    expect(difference.scope).toBe('seeds and images');
    const bare = withoutAnswers(result, []);
    const kept = timelineDifference(bare, 'midpoint', { arm: 'lora', ...at }, { arm: 'copra', ...at })!;
    expect([kept.mean, kept.scope]).toEqual([expect.closeTo(difference.mean, 12), 'seeds']);
    expect(timelineInterval(result, 'lora', 'above ends', steps[last])!.high).toBeLessThan(0);
    expect(timelineInterval(studyResultFixture(), 'lora', 'accuracy', 600)).toBeNull();
  });
});
