import { describe, expect, it } from 'vitest';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { ANALYSES } from '../analyses/registry.ts';
import type { AnalysisId } from '../config/config.ts';
import { StudyClock } from './clock.ts';
import { studyWork } from './study-work.ts';
import type { StudyWork } from './work.ts';
import { USUAL_MERGING } from '../analyses/merging/settings.ts';
import { PRESETS } from '../presets/presets.ts';

const { config } = PRESETS[0];
const sizes = {
  trained: 4,
  runs: 4,
  pairs: 2,
  analysed: 2,
  players: { vision: 12, text: 0 },
  federatedSeeds: 0,
  groups: 2,
  groupRuns: 2,
  layout: createAdapterLayout(
    { vision: { layers: 12, width: 64, mlpWidth: 256 } },
    { rank: 4, towers: ['vision'], projections: ['q', 'k', 'v', 'o', 'fc1', 'fc2'] },
  ),
  task: { id: 'groups9-negative', classes: Array.from({ length: 9 }, (_, i) => `class ${i}`) },
  testImages: 400,
  trainImages: 1000,
  validationImages: 256,
};
const of = (passes: number, algebra = 0) => ({ passes, algebra });
const idle = Object.fromEntries(ANALYSES.map(({ id }) => [id, of(0)])) as Pick<StudyWork, AnalysisId>;
const work: StudyWork = { train: of(60), test: of(10), ...idle, landscape: of(20), shapley: of(10) };

describe('studyWork', () => {
  it('counts a validation of adapters that are not the last ones', () => {
    const arms = config.arms.map((arm, i) => (i === 0 ? { ...arm, take: 'average' as const } : arm));
    const more = studyWork({ ...config, arms }, sizes).test.passes - studyWork(config, sizes).test.passes;
    expect(more).toBe((sizes.trained / arms.length) * sizes.validationImages);
  });

  it('counts image passes', () => {
    const { training, analyses } = config;
    const counted = studyWork(config, sizes);
    expect(counted.train).toEqual(of(4 * training.steps * training.batchSize * 3));
    expect(counted.test).toEqual(of(5 * 400));
    // The ends of the factor path are the runs, which were tested.
    const { paths, points } = analyses.landscape;
    expect(counted.landscape).toEqual(of(2 * (paths.length * points - 2) * 400));
    expect(counted.shapley.passes).toBeCloseTo((2 * analyses.shapley.images * 8190) / 12);
    expect(studyWork(config, { ...sizes, trained: 0 })).toEqual({ ...counted, train: of(0) });
  });

  it('counts aligned paths, training images and the points of planes', () => {
    const analyses = {
      ...config.analyses,
      landscape: {
        ...config.analyses.landscape,
        alignments: ['orthogonal' as const, 'invertible' as const],
        trainImages: 256,
      },
      plane: { enabled: true, grid: 11 },
      geometry: { enabled: true },
    };
    const counted = studyWork({ ...config, analyses }, sizes);
    expect(counted.landscape).toEqual(of(2 * 4 * analyses.landscape.points * (400 + 256) - 2 * 2 * 400));
    expect(counted.plane).toEqual(of(2 * 121 * 400));
    expect(counted.geometry.passes).toBe(0);
    expect(counted.geometry.algebra).toBeGreaterThan(0);
  });

  it('knows that many layers are sampled, not enumerated', () => {
    const both = studyWork(config, { ...sizes, players: { vision: 12, text: 12 } });
    expect(both.shapley.passes).toBeLessThan(studyWork(config, sizes).shapley.passes * 2);
  });

  it('counts the passes of each tower, not their product', () => {
    const { images } = config.analyses.shapley;
    const both = studyWork(config, { ...sizes, players: { vision: 12, text: 4 } }).shapley.passes;
    const vision = (images * 8190) / 12;
    const text = Math.ceil(images / 32) * 16 * sizes.task.classes.length;
    expect(both).toBeCloseTo(2 * (vision + text));
    const textAlone = studyWork(config, { ...sizes, players: { vision: 0, text: 4 } }).shapley.passes;
    expect(textAlone).toBeCloseTo(2 * (images + text));
  });

  it('counts training on further tasks like training', () => {
    const { train, multitask } = studyWork(config, sizes);
    expect(multitask).toEqual(of(0));
    const tasks = ['groups9-negative', 'a', 'b', 'c'];
    const analyses = { ...config.analyses, multitask: { enabled: true, tasks, parts: 2 } };
    const more = studyWork({ ...config, analyses }, sizes);
    expect(more.multitask.passes).toBeGreaterThan(3 * train.passes);
    expect(more.train).toEqual(train);
  });

  it('counts the algebra of merging, which grows with runs and rank', () => {
    const merging = { ...config, analyses: { ...config.analyses, merging: USUAL_MERGING } };
    const algebra = (changes: Partial<typeof sizes>) => studyWork(merging, { ...sizes, ...changes }).merging.algebra;
    expect(studyWork(config, sizes).merging).toEqual(of(0));
    expect(algebra({})).toBeGreaterThan(0.3);
    // Most ways of merging take twice as long for twice as many runs, those on the stacked factors longer.
    expect(algebra({ groupRuns: 4 })).toBeGreaterThan(2 * algebra({}));
    expect(algebra({ groupRuns: 4 })).toBeLessThan(3 * algebra({}));
    expect(algebra({ groups: 1 })).toBeCloseTo(algebra({}) / 2, 6);
  });

  it('leaves out what is switched off', () => {
    const { landscape, shapley, pruning } = config.analyses;
    const off = { enabled: false };
    const analyses = {
      ...config.analyses,
      landscape: { ...landscape, ...off },
      shapley: { ...shapley, ...off },
      pruning: { ...pruning, ...off },
    };
    expect(studyWork({ ...config, analyses }, sizes)).toMatchObject({
      landscape: of(0),
      shapley: of(0),
      pruning: of(0),
    });
  });
});

describe('StudyClock', () => {
  it('estimates what is left from what is done', () => {
    let now = 100;
    const clock = new StudyClock(work, () => now);
    expect(clock.remainingSeconds).toBeNull();
    now = 110;
    clock.advance('train', 0.5); // 30 of 100
    expect(clock.seconds).toBe(10);
    expect(clock.remainingSeconds).toBeCloseTo((10 * 70) / 30);
    now = 124;
    clock.advance('landscape', 0); // 60 + 10 of 100 in 24 seconds
    expect(clock.remainingSeconds).toBeCloseTo((24 * 30) / 70);
    clock.advance('pruning', 1);
    expect(clock.remainingSeconds).toBe(0);
    expect(clock.rate(48)).toBe(2);
  });

  it('falls through a phase of algebra, by what the algebra is seen to take', () => {
    let now = 0;
    const merging = of(20, 10);
    const clock = new StudyClock({ ...work, merging, multitask: of(20, 10) }, () => now);
    now = 50;
    clock.advance('shapley', 1); // 100 passes in 50 seconds
    clock.advance('merging', 0);
    expect(clock.remainingSeconds).toBeCloseTo(2 * (20 / 2 + 10));
    // Ten pieces of algebra, each twice as long as assumed, and of passes.
    const left: number[] = [];
    for (let piece = 1; piece <= 10; piece++) {
      now += 2;
      clock.tookAlgebra(1, 2);
      now += 1;
      clock.advance('merging', piece / 10);
      left.push(clock.remainingSeconds!);
    }
    expect(left[0]).toBeCloseTo(60 - 3, 0);
    for (const [i, seconds] of left.entries()) if (i > 0) expect(seconds).toBeCloseTo(left[i - 1] - 3, 6);
    expect(left[9]).toBeCloseTo(30); // 10 seconds of passes and 20 of algebra
    expect(clock.cost(of(2, 1))).toBeCloseTo(1 + 2);
  });

  it('believes a phase that is slower than its work says', () => {
    let now = 0;
    const clock = new StudyClock(work, () => now);
    now = 60;
    clock.advance('train', 1); // a pass a second
    now = 70;
    clock.advance('test', 1);
    clock.advance('landscape', 0);
    expect(clock.remainingSeconds).toBeCloseTo(20 + 10);
    now = 70 + 72;
    clock.advance('landscape', 0.9); // four times slower
    expect(clock.remainingSeconds).toBeGreaterThan(0.9 * 8);
    clock.advance('shapley', 1);
    expect(clock.remainingSeconds).toBe(0);
  });

  it('does not count pauses, even one that ends in a stop', async () => {
    let now = 0;
    const clock = new StudyClock(work, () => now);
    const pause = clock.excluding(Promise.resolve().then(() => (now = 30)));
    await pause;
    expect(clock.seconds).toBe(0);
    const stopped = clock.excluding(
      Promise.resolve().then(() => {
        now = 50;
        throw new Error('stop');
      }),
    );
    await expect(stopped).rejects.toThrow('stop');
    now = 55;
    expect(clock.seconds).toBe(5);
    expect(new StudyClock(work, () => now).rate(3)).toBeNull();
  });
});
