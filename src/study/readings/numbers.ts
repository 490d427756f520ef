/** How numbers of arms are written, and those of two arms on a line: of the first load, unlike sentences (words.ts). */
import {
  fixed,
  isBeyondShares,
  hundredths,
  MISSING,
  signed,
  signedEnd,
  signedPoints,
  signedPointsEnd,
} from '../../core/number-format.ts';
import { mean, standardDeviation } from '../../core/statistics.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { READING_WORDS } from './messages.ts';

/** A no-break space keeps a number and its unit together. */
export const NBSP = '\u00a0';

/** 0.5 → "50 %", with a no-break space. */
export const unbrokenPercent = (share: number, digits = 0): string => `${hundredths(share, digits)}${NBSP}%`;

/** A difference of shares in percentage points, without sign or unit: 0.091 → "9.1". */
export function points(share: number): string {
  return fixed(100 * Math.abs(share), 1);
}

/** Whether a difference has no digit but 0 in points. */
export const isShownAsZero = (share: number): boolean => points(share) === points(0);

/** "56.5 ± 0.3 %" over two or more values, "56.5 %" for one. */
export function shareSpread(shares: readonly number[]): string {
  const centre = mean(shares);
  if (shares.length < 2) return unbrokenPercent(centre, 1);
  return `${fixed(100 * centre, 1)} ± ${fixed(100 * standardDeviation(shares), 1)}${NBSP}%`;
}

/** "0.16", "1.85 ± 0.20" over two or more values. */
export function valueSpread(values: readonly number[], digits = 2): string {
  const known = values.filter(Number.isFinite);
  const centre = meanOfKnown(known);
  if (centre === null) return MISSING;
  const text = fixed(centre, digits);
  return known.length > 1 ? `${text} ± ${fixed(standardDeviation(known), digits)}` : text;
}

/** The mean of the known values; null if there are none. */
export function meanOfKnown(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[];
  return known.length > 0 ? mean(known) : null;
}

/** How the values of a measure are written behind the message of a figure. */
export interface Written {
  /** The mean over runs with its spread, with the unit. */
  readonly values: (values: readonly number[]) => string;
  /** A difference with its sign and unit, and an end of its interval without a unit. */
  readonly difference: (difference: number) => string;
  readonly end: (end: number) => string;
  /** What the interval of the difference is over, beside seeds. */
  readonly images: (count: number) => string;
  /** Whether no two values can be further apart than 1. */
  readonly areShares: boolean;
}

/** "56.7 ± 0.4 %", and differences in points. */
export const AS_SHARES: Written = {
  values: shareSpread,
  difference: (difference) => READING_WORDS.points(signedPoints(difference)),
  end: (end) => signedPointsEnd(end),
  images: (count) => READING_WORDS.testImages(count),
  areShares: true,
};

/** Shares that are differences already, with so many digits: "5.3 ± 1.0 points". */
export const asPoints = (digits: number): Written => ({
  values: (shares) => {
    const hundredfold = shares.map((share) => 100 * share);
    return READING_WORDS.points(valueSpread(hundredfold, digits));
  },
  difference: (difference) => READING_WORDS.points(signed(100 * difference, digits)),
  end: (end) => signedPointsEnd(end, digits),
  images: (count) => READING_WORDS.testImages(count),
  areShares: true,
});

/** Numbers with so many digits and a unit. */
export const asValues = (digits: number, withUnit: (text: string) => string = (text) => text): Written => ({
  values: (values) => withUnit(valueSpread(values, digits)),
  difference: (difference) => withUnit(signed(difference, digits)),
  end: (end) => signedEnd(end, digits),
  images: (count) => READING_WORDS.testImages(count),
  areShares: false,
});

/** Of two arms: the values of one run or pair each. */
export interface NumberedArm {
  readonly name: string;
  readonly values: readonly number[];
}

/** Names such as "CopRA, sine ramp" would run into the words around them. */
export const quoted = (name: string): string => (name.includes(',') ? READING_WORDS.quoted(name) : name);

/** What the interval of a difference is over, with how many there are: "over 6 seeds and 796 test images". @param imagesText what is counted beside seeds */
export function overText(
  { seeds, images, scope, isConstant }: ScopedInterval,
  imagesText: (count: number) => string = READING_WORDS.testImages,
): string {
  const { over } = READING_WORDS.numbers;
  const none = isConstant ? 'constant' : 'none';
  return over[scope === 'seeds' && images === null ? 'seeds alone' : (scope ?? none)](
    READING_WORDS.seeds(seeds),
    images === null ? '' : imagesText(images),
  );
}

/**
 * The numbers of two arms behind a message: "LoRA 56.7 ± 0.4 %, CopRA 54.9 ± 0.8 %; CopRA − LoRA −1.9 points (95 % interval −3.7 to −0.05 over 6
 * seeds and 796 test images)."
 * @param difference second − first; null: they share no seed
 * @param isPartly whether the values are of the seeds that both have, of which one has more
 */
export function pairNumbers(
  first: NumberedArm,
  second: NumberedArm,
  difference: ScopedInterval | null,
  written: Written,
  isPartly = false,
): string {
  const [one, other] = [first, second].map(({ name, values }) => `${quoted(name)} ${written.values(values)}`);
  const words = READING_WORDS.numbers;
  if (!difference) return words.unshared(one, other);
  const { mean, low, high, scope } = difference;
  const over = overText(difference, written.images);
  const interval =
    scope === null
      ? over
      : written.areShares && isBeyondShares(difference)
        ? words.beyondShares(over)
        : words.interval(written.end(low), written.end(high), over);
  const shared = isPartly ? READING_WORDS.shared(difference.seeds) : '';
  const apart = `${quoted(second.name)} − ${quoted(first.name)}`;
  return words.pair(one, `${other}${shared}`, apart, written.difference(mean), interval);
}
