/** Cost of a step for the calling thread: the time until all commands are recorded and submitted. */
import type { EngineContender } from './engine-contender.ts';

/** Number of steps of each kind. */
const STEPS = 20;

/** Minimum time to record a step, over `count` consecutive steps. */
export async function leastMilliseconds(count: number, step: (index: number) => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    const result = step(i);
    least = Math.min(least, performance.now() - start);
    await result;
  }
  return least;
}

export interface StepJavascript {
  /** Milliseconds of a step with previously used gates. */
  readonly repeated: number;
  /** Milliseconds of a step with new gates, so that no recording is reused. */
  readonly newGates: number;
}

/** Measures several steps of either kind and keeps the fastest, because rarely executed code is not optimised at once. */
export async function javascriptOfSteps(contender: EngineContender): Promise<StepJavascript> {
  const newGates = await leastMilliseconds(STEPS, (i) => contender.stepOfNewGates(i));
  const repeated = await leastMilliseconds(STEPS, (i) => contender.step(i));
  return { repeated, newGates };
}
