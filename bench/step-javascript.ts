/** What a step costs the thread that asks for it: the time until everything is recorded and sent. */
import type { EngineContender } from './engine-contender.ts';

/** Steps of each kind. */
const STEPS = 20;

/** Of `count` steps, one after the other, the least time until a step was recorded. */
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
  /** Milliseconds of a step whose gates have come before. */
  readonly repeated: number;
  /** Milliseconds of a step whose gates are new, so that nothing is repeated. */
  readonly newGates: number;
}

/** Code that runs only now and then is not compiled at once, hence several steps of either kind, of which the fastest counts. */
export async function javascriptOfSteps(contender: EngineContender): Promise<StepJavascript> {
  const newGates = await leastMilliseconds(STEPS, (i) => contender.stepOfNewGates(i));
  const repeated = await leastMilliseconds(STEPS, (i) => contender.step(i));
  return { repeated, newGates };
}
