/**
 * Curves of whole numbers, one after the other. Each number is forecast from earlier ones: of its own curve, of earlier curves at the same index, and of
 * another quantity's known curves.
 */
import type { CodeBit } from './code-bit.ts';
import { Forecast } from './forecast.ts';
import { Regression } from './regression.ts';

/** Both ends are included. */
export interface Range {
  readonly lowest: number;
  readonly highest: number;
}

export interface Related {
  /** Curves of the same shape that the reader already knows and that these may follow. */
  readonly side?: readonly (readonly number[])[];
  /** Per curve, indices whose number occurred before: [curve, index]. Only a forecast: it may be wrong. */
  readonly twins?: readonly ReadonlyMap<number, readonly [number, number]>[];
}

const FORECASTS = 10;
const FEATURES = 9;
/** Number of steps in the whole range of the side curves. */
const SIDE_STEPS = 64;

/** Curves in steps of their own range, because numbers may have any size. */
function onOwnScale(side: Related['side']): readonly (readonly number[])[] | null {
  if (!side) return null;
  let [lowest, highest] = [Infinity, -Infinity];
  for (const curve of side)
    for (const value of curve) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
  const width = highest - lowest;
  if (!(width > 0 && Number.isFinite(width))) return null;
  return side.map((curve) => curve.map((value) => (SIDE_STEPS * (value - lowest)) / width));
}

/** The known numbers around the next one, as forecasts and as features of a regression. */
class Surroundings {
  readonly expected = new Float64Array(FORECASTS);
  readonly features = new Float64Array(FEATURES);
  readonly #regression = new Regression(FEATURES);
  readonly #sums: number[] = [];
  readonly #counts: number[] = [];
  readonly #middle: number;
  readonly #done: readonly (readonly number[])[];
  readonly #side: readonly (readonly number[])[] | null;
  readonly #twins: Related['twins'];

  constructor(done: readonly (readonly number[])[], middle: number, { side, twins }: Related) {
    this.#done = done;
    this.#middle = middle;
    this.#side = onOwnScale(side);
    this.#twins = twins;
  }

  look(c: number, i: number): void {
    const own = this.#done[c];
    const [above, further] = [this.#done[c - 1], this.#done[c - 2]];
    const mean = this.#counts[i] ? this.#sums[i] / this.#counts[i] : null;
    const left = own[i - 1] ?? mean ?? this.#middle;
    const left2 = own[i - 2] ?? left;
    const left3 = own[i - 3] ?? left2;
    const up = above?.[i] ?? left;
    const upLeft = (i > 0 ? above?.[i - 1] : undefined) ?? up;
    const up2 = further?.[i] ?? up;
    const upLeft2 = (i > 0 ? further?.[i - 1] : undefined) ?? up2;
    const level = mean ?? left;
    const levelLeft = i > 0 && this.#counts[i - 1] ? this.#sums[i - 1] / this.#counts[i - 1] : level;
    const [side, sideUp] = [this.#side?.[c], this.#side?.[c - 1]];
    const here = side?.[i] ?? 0;
    const { features, expected } = this;
    features[0] = left - left2;
    features[1] = left2 - left3;
    features[2] = up - upLeft;
    features[3] = up2 - upLeft2;
    features[4] = level - levelLeft;
    features[5] = levelLeft - left;
    features[6] = level - left;
    features[7] = here - ((i > 0 ? side?.[i - 1] : sideUp?.[i]) ?? here);
    features[8] = here - (sideUp?.[i] ?? here);
    const twin = this.#twins?.[c]?.get(i);
    expected[0] = (twin ? this.#done[twin[0]]?.[twin[1]] : undefined) ?? left;
    expected[1] = 2 * left - left2;
    expected[2] = up;
    expected[3] = left + up - upLeft;
    expected[4] = left + level - levelLeft;
    expected[5] = level;
    expected[6] = (left + left2) / 2;
    expected[7] = (left + level) / 2;
    expected[8] = (left + left2 + left3) / 3;
    expected[9] = left + this.#regression.forecast(features);
  }

  learn(i: number, value: number): void {
    this.#regression.learn(this.features, value - this.expected[9]);
    this.#sums[i] = (this.#sums[i] ?? 0) + value;
    this.#counts[i] = (this.#counts[i] ?? 0) + 1;
  }
}

/**
 * @param lengths of the curves
 * @param curves the curves to encode; null to decode
 * @returns the curves
 */
export function codeCurves(
  codeBit: CodeBit,
  lengths: readonly number[],
  { lowest, highest }: Range,
  related: Related,
  curves: readonly (readonly number[])[] | null,
): number[][] {
  if (lowest === highest) return lengths.map((length) => Array<number>(length).fill(lowest));
  const done: number[][] = [];
  const forecast = new Forecast(lowest, highest, FORECASTS);
  const surroundings = new Surroundings(done, (lowest + highest) / 2, related);
  lengths.forEach((length, c) => {
    const own: number[] = [];
    done.push(own);
    for (let i = 0; i < length; i++) {
      surroundings.look(c, i);
      const value = forecast.code(codeBit, surroundings.expected, curves?.[c][i] ?? lowest);
      surroundings.learn(i, value);
      own.push(value);
    }
  });
  return done;
}
