/** Number formatting: one format per quantity, for the page, captions and files for people, as the spoken language writes numbers. */
import { spokenWriting } from './language/catalogue.ts';

/** Shown for an unknown number. */
export const MISSING = '–';

type Maybe = number | null | undefined;

/** The decimal point of the spoken language in a number that was written with a point: "0.4" → "0,4" in German. */
export const withDecimalPoint = (text: string): string => text.replace('.', spokenWriting().decimal);

/** "−0.52": with a real minus sign, and without a sign if all digits shown are 0. */
export function fixed(value: Maybe, digits: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  const text = Math.abs(value).toFixed(digits);
  return withDecimalPoint(value < 0 && Number(text) !== 0 ? `−${text}` : text);
}

/** A share in per cent, without the % sign: 0.586 → "58.6". */
export const hundredths = (share: Maybe, digits = 1): string =>
  fixed(typeof share === 'number' ? 100 * share : share, digits);

/** 0.586 → "58.6 %" */
export function percent(share: Maybe, digits = 1): string {
  const text = hundredths(share, digits);
  return text === MISSING ? text : `${text} %`;
}

/** Digits that an end of an interval may have beyond those asked for. */
const FURTHER_DIGITS = 3;

/** Digits with which a value that is not 0 is not written as 0, if a few further ones can prevent it; else those asked for. */
function telling(value: number, digits: number): number {
  const enough = Array.from({ length: FURTHER_DIGITS + 1 }, (_, i) => digits + i);
  return enough.find((count) => Number(Math.abs(value).toFixed(count)) !== 0) ?? digits;
}

/**
 * Both ends of an interval. An end that is not 0 is not written as 0, if a few further digits can prevent it, because whether 0 is inside is what people read
 * it for: −3.7 and −0.04 → "−3.7", "−0.04".
 */
export function intervalEnds(low: number, high: number, digits: number): [low: string, high: string] {
  return [fixed(low, telling(low, digits)), fixed(high, telling(high, digits))];
}

/** A value with its error, both with as many digits as tell that the error is not 0: 0.081 and 0.032 → "0.08 ± 0.03". */
export function withError(value: number, error: number): string {
  const shown = telling(error, 1);
  return `${fixed(value, shown)} ± ${fixed(error, shown)}`;
}

/** A difference with its sign: 0.52 → "+0.52". */
export function signed(difference: number, digits: number): string {
  const text = fixed(difference, digits);
  return difference > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A difference of shares in percentage points, with its sign: 0.024 → "+2.4". */
export const signedPoints = (difference: number): string => signed(100 * difference, 1);

/** An end of the interval of a difference, as `intervalEnds` writes it: 0.003 with two digits → "+0.003". */
export const signedEnd = (end: number, digits: number): string => signed(end, telling(end, digits));

/** Shares differ by at most 1: an end beyond says that too few values tell where it is. */
const beyond = (end: number, text: string): string => (end > 1 ? '> 100' : end < -1 ? '< −100' : text);

/** The same in percentage points: -0.0004 → "−0.04". What no difference of shares can be is written as a bound: -11.7 → "< −100". */
export const signedPointsEnd = (end: number, digits = 1): string => beyond(end, signedEnd(100 * end, digits));

/** Whether the interval of a difference of shares holds 0 and reaches further than any difference can be, and so says nothing: its values are too few. */
export const isBeyondShares = ({ low, high }: { readonly low: number; readonly high: number }): boolean =>
  low < 0 && high > 0 && (low < -1 || high > 1);

/** Both ends of the interval of a difference of shares, as `intervalEnds` writes them, in percentage points. */
export function pointsEnds(low: number, high: number, digits: number): [low: string, high: string] {
  const [from, to] = intervalEnds(100 * low, 100 * high, digits);
  return [beyond(low, from), beyond(high, to)];
}

/** By the tags of languages. */
const GROUPING = new Map<string, Intl.NumberFormat>();

function grouping(tag: string): Intl.NumberFormat {
  const known = GROUPING.get(tag) ?? new Intl.NumberFormat(tag);
  GROUPING.set(tag, known);
  return known;
}

/** 20000.4 → "20,000", "20.000" in German */
export const integer = (value: number): string => grouping(spokenWriting().tag).format(Math.round(value));

/** With as many decimals as it has, at most so many, and a real minus sign: -20000.5 → "−20,000.5". */
export const grouped = (value: number, decimals: number): string =>
  value.toLocaleString(spokenWriting().tag, { maximumFractionDigits: decimals }).replace('-', '−');

/** 0.003 → "3e-3", 0.05 → "0.05": learning rates as people write them. */
export function compact(value: number): string {
  const rounded = Number(value.toPrecision(6));
  return withDecimalPoint(value !== 0 && Math.abs(value) < 0.01 ? rounded.toExponential() : String(rounded));
}

/** The same with a real minus sign: -0.003 → "−3e-3". */
export const compactSigned = (value: number): string => compact(value).replace(/^-/, '−');

/** Six significant digits: more than any figure shows, in half the room of a float64 in JSON. */
export const significant = (value: number): number => Number(value.toPrecision(6));
