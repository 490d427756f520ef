import { describe, expect, it } from 'vitest';
import { StudyClock, studyWork } from './clock.ts';
import { PRESETS } from './presets.ts';

const { config } = PRESETS[0];
const sizes = {
  trained: 4,
  runs: 4,
  pairs: 2,
  analysed: 2,
  players: 12,
  groups: 2,
  otherTasks: 0,
  tasks: 0,
  testImages: 400,
  trainImages: 1000,
  validationImages: 256,
};
const work = {
  train: 60,
  test: 10,
  landscape: 20,
  plane: 0,
  geometry: 0,
  shapley: 10,
  pruning: 0,
  merging: 0,
  federated: 0,
  multitask: 0,
};

describe('studyWork', () => {
  it('counts image passes', () => {
    const { training, analyses } = config;
    const counted = studyWork(config, sizes);
    expect(counted.train).toBe(4 * training.steps * training.batchSize * 3);
    expect(counted.test).toBe(5 * 400);
    expect(counted.landscape).toBe(2 * 1 * analyses.landscape.paths.length * analyses.landscape.points * 400);
    expect(counted.shapley).toBeCloseTo((2 * analyses.shapley.images * 8190) / 12);
    expect(studyWork(config, { ...sizes, trained: 0 })).toEqual({ ...counted, train: 0 });
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
    expect(counted.landscape).toBe(2 * 4 * analyses.landscape.points * (400 + 256));
    expect(counted.plane).toBe(2 * 121 * 400);
    expect(counted.geometry).toBe(0);
  });

  it('knows that many layers are sampled, not enumerated', () => {
    const both = studyWork(config, { ...sizes, players: 24 });
    expect(both.shapley).toBeLessThan(studyWork(config, sizes).shapley * 2);
  });

  it('counts training on further tasks like training', () => {
    const { train, multitask } = studyWork(config, sizes);
    expect(multitask).toBe(0);
    const more = studyWork(config, { ...sizes, otherTasks: 3, tasks: 4 });
    expect(more.multitask).toBeGreaterThan(3 * train);
    expect(more.train).toBe(train);
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
    expect(studyWork({ ...config, analyses }, sizes)).toMatchObject({ landscape: 0, shapley: 0, pruning: 0 });
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
    clock.advance('landscape', 0.5); // 60 + 10 + 10
    expect(clock.remainingSeconds).toBeCloseTo((10 * 20) / 80);
    clock.advance('pruning', 1);
    expect(clock.remainingSeconds).toBe(0);
    expect(clock.rate(50)).toBe(5);
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
