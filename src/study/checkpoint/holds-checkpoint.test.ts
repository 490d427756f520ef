import { expect, it } from 'vitest';
import type { StudyResult } from '../result/result.ts';
import { tinyConfig } from '../../../tests/support/tiny-study.ts';
import type { CheckpointHead, StudyCheckpoint } from './checkpoint.ts';
import { holdsCheckpoint } from './holds-checkpoint.ts';

const config = tinyConfig();
const head = { config, step: 0 } as CheckpointHead;
const runs = config.arms.flatMap(({ id }) => config.seeds.map((seed) => ({ arm: id, seed, steps: 0 })));
const scores = { own: [0.5, 0.75], joint: [0.5, 0.5], correct: 'Rw' };
const ofRuns = (count: number) => ({
  tasks: [{}, {}],
  zeroShot: scores,
  runs: Array.from({ length: count }, (_, seed) => ({ arm: 'lora', seed, single: scores })),
});

it('a result holds findings with texts and numbers beside their lists, as those of several tasks', () => {
  const kept = { id: 'multitask', found: { multitask: ofRuns(2) } };
  const checkpoint = { head, finished: [kept] } as unknown as StudyCheckpoint;
  const held = (multitask?: unknown) =>
    holdsCheckpoint({ config, runs, multitask } as unknown as StudyResult, checkpoint);
  expect(held()).toBe(false);
  expect(held(ofRuns(1))).toBe(false);
  expect(held(ofRuns(2))).toBe(true);
});
