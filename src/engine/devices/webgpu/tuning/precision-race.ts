/**
 * Whether training steps in half precision are faster than in float32. Pure: it asks a bench for steps, and decides. Unlike a form of a
 * kernel, half precision gives other numbers, so what it must keep to is a bound of its own.
 */
import { relativeError } from '../../../trust/agreement.ts';
import type { TunedHalves } from '../../../kernel-tuning.ts';
import { HALF_ROUNDING, type Precision } from '../../../precision.ts';
import { centreOf, grainOf } from './timings.ts';
import { ERRORS, LEAST_ROUNDS, MARGIN, type TuningAdvance } from './tuner.ts';

/** Milliseconds of both precisions' steps together; the least rounds may take more. */
const RACE_BUDGET = 500;
/** Runs without which nothing is decided: the first of each is not timed. */
export const LEAST_RACE_RUNS = 2 + 2 * LEAST_ROUNDS;
const MOST_ROUNDS = 20;
/**
 * Roundings of weights that losses and gradient norms may be away from those of float32, relative to the largest. Golden trainings are four away (`npm run bench --
 * precision`), a wrong kernel thousands.
 */
const MOST_ROUNDINGS = 32;

export interface PrecisionStep {
  /** Of the GPU where it measures, else of the clock. */
  readonly milliseconds: number;
  /** Losses and gradient norms. */
  readonly answers: readonly Float32Array[];
}

export interface PrecisionBench {
  /** Milliseconds, rising. */
  now(): number;
  step(precision: Precision): Promise<PrecisionStep>;
}

/** @param most milliseconds of the least rounds: where they take longer, half precision was not seen to be faster */
export async function* precisionRace(bench: PrecisionBench, most: number): AsyncGenerator<TuningAdvance, TunedHalves> {
  // The first steps compile what is not compiled yet. They are not timed.
  const full = await bench.step('f32');
  yield 'worked';
  const half = await bench.step('f16');
  yield 'worked';
  const difference = Math.max(...full.answers.map((expected, i) => relativeError(half.answers[i], expected)));
  if (!(difference <= MOST_ROUNDINGS * HALF_ROUNDING))
    return { faster: false, milliseconds: null, error: 0, difference: Number.isFinite(difference) ? difference : null };
  const times: Record<Precision, number[]> = { f32: [], f16: [] };
  const from = bench.now();
  let longest = 0;
  for (let round = 0; round < MOST_ROUNDS && (round < LEAST_ROUNDS || bench.now() - from < RACE_BUDGET); round++)
    for (const precision of round % 2 === 0 ? (['f32', 'f16'] as const) : (['f16', 'f32'] as const)) {
      const begun = bench.now();
      if (begun - from + longest > most) {
        if (round < LEAST_ROUNDS) return { faster: false, milliseconds: null, error: 0, difference };
        break;
      }
      times[precision].push((await bench.step(precision)).milliseconds);
      longest = Math.max(longest, bench.now() - begun);
      yield 'worked';
    }
  const grain = grainOf([...times.f32, ...times.f16]);
  const [usual, other] = [centreOf(times.f32, grain), centreOf(times.f16, grain)];
  const error = Math.hypot(usual.error, other.error);
  const faster = usual.value - other.value > Math.max(MARGIN * usual.value, ERRORS * error);
  return { faster, milliseconds: [usual.value, other.value], error, difference };
}
