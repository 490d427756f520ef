import { describe, expect, it } from 'vitest';
import { tinyArm, trainingOnly } from '../../../../tests/support/tiny-study.ts';
import type { StudyContext } from '../context.ts';
import { LiveRun } from './live-run.ts';
import type { PlannedRun } from './populations.ts';

const STEPS = 401;

function runOfManySteps(): LiveRun {
  const { training } = trainingOnly();
  const context = { config: trainingOnly({ training: { ...training, steps: STEPS } }), emit: () => {} };
  const planned = { arm: tinyArm('lora'), seed: 0 };
  return new LiveRun(planned as PlannedRun, context as unknown as StudyContext, 1);
}

/** The loss of a step is its number. */
function train(run: LiveRun, from: number, to: number): void {
  for (let step = from; step <= to; step++) run.record(step, Uint8Array.of(1));
}

describe('the loss curve of a long training', () => {
  it('has the means of windows of steps, 200 of them at most, and in the end that of the steps that are left', () => {
    const run = runOfManySteps();
    train(run, 1, STEPS);
    const { steps, losses } = run.curve;
    expect(steps).toEqual([...Array.from({ length: 133 }, (_, window) => 3 * (window + 1)), STEPS]);
    expect(losses).toEqual([...Array.from({ length: 133 }, (_, window) => 3 * window + 2), STEPS - 0.5]);
  });

  it('is the same where the training was interrupted within a window', () => {
    const [whole, before, after] = [runOfManySteps(), runOfManySteps(), runOfManySteps()];
    train(whole, 1, STEPS);
    train(before, 1, 200);
    after.restore(before.save());
    train(after, 201, STEPS);
    expect(after.curve).toEqual(whole.curve);
  });
});
