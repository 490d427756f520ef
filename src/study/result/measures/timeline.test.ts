import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { withTimeline } from '../../../../tests/fixtures/timeline-result.ts';
import { barrier } from '../../../copra/landscape.ts';
import { retainedGain } from '../../../copra/retained-gain.ts';
import { mean } from '../../../core/statistics.ts';
import { TIMELINE_PART } from '../../analyses/timeline/part.ts';
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

  it('differ seed by seed, over seeds and images', () => {
    const at = { step: steps[last] };
    const difference = timelineDifference(result, 'midpoint', { arm: 'lora', ...at }, { arm: 'copra', ...at })!;
    expect(difference.scope).toBe('seeds and images');
    expect(timelineInterval(result, 'lora', 'above ends', steps[last])!.high).toBeLessThan(0);
    expect(timelineInterval(studyResultFixture(), 'lora', 'accuracy', 600)).toBeNull();
  });

  /** Every interval that the page tells at a step. */
  const told = (study: typeof result, step: number) => [
    ...['lora', 'copra'].map((arm) => timelineInterval(study, arm, 'above ends', step)),
    ...(['midpoint', 'every other'] as const).flatMap((figure) =>
      [
        ['lora', 'copra'],
        ['copra', 'lora'],
      ].map(([one, other]) => timelineDifference(study, figure, { arm: one, step }, { arm: other, step })),
    ),
  ];

  it('keep their intervals without the answers, of the end also where a run is taken earlier', () => {
    const early = runs.map((run) => (run.arm === 'lora' ? { ...run, steps: run.steps.slice(0, -1) } : run));
    const pairs = result.timeline!.pairs.map((pair) =>
      pair.arm === 'lora' ? { ...pair, steps: pair.steps.slice(0, -1) } : pair,
    );
    for (const study of [result, { ...result, timeline: { runs: early, pairs } }]) {
      const bare = withoutAnswers(study, []);
      expect(JSON.stringify(bare.timeline)).not.toContain('correct');
      for (const step of steps) {
        const [before, after] = [study, bare].map((one) => told(one, step));
        expect(after.map((interval) => interval?.scope)).toEqual(before.map((interval) => interval?.scope));
        after.forEach((interval, i) => expect(interval?.high).toBeCloseTo(before[i]?.high ?? NaN, 12));
      }
      expect(withoutAnswers(bare, [])).toEqual(bare);
    }
    expect(told(result, steps[last]).map((interval) => interval?.scope)).toContain('seeds and images');
  });

  it('have what the images add as long as their seeds and arms are those that it is of', () => {
    const bare = withoutAnswers(result, []).timeline!;
    expect(bare.imageVariances!.length).toBeGreaterThan(2);
    expect(TIMELINE_PART.united(bare, bare, new Set())).toEqual(bare);
    expect(TIMELINE_PART.united(bare, bare, new Set([7])).imageVariances).toBeUndefined();
    expect(TIMELINE_PART.ordered(bare, result.config)).toEqual(bare);
    const arms = new Set(['copra']);
    const left = TIMELINE_PART.ofArms(bare, arms).imageVariances;
    expect(left).toEqual(bare.imageVariances!.filter(({ arm, baseline }) => arm === 'copra' && baseline === undefined));
    expect(TIMELINE_PART.ofArms(bare, new Set(['lora', 'copra']))).toBe(bare);
  });

  it('say that they are over seeds alone where it was not kept what the images add', () => {
    const { runs, pairs } = withoutAnswers(result, []).timeline!;
    const scopes = told({ ...result, timeline: { runs, pairs } }, steps[last]).map((interval) => interval?.scope);
    expect(new Set(scopes)).toEqual(new Set(['seeds']));
  });
});
