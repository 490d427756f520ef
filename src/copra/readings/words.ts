/** Words and numbers that the readings share. A reading compares every arm with the first one, the baseline. */
import { binomialStandardError, mean, standardDeviation } from '../../core/statistics.ts';
import { clearSide, seedDifference, type SeedValue } from '../seed-differences.ts';

/** The results of one arm, one per seed or pair of seeds. */
export interface ArmResults<Result> {
  readonly name: string;
  readonly results: readonly Result[];
}

/** A no-break space keeps a number and its unit together. */
const NBSP = '\u00a0';

/** 0.5 → "50 %"; the minus sign is a real one. */
export function percent(share: number, digits = 0): string {
  return `${fixed(100 * share, digits)}${NBSP}%`;
}

/** A difference of shares in percentage points, without sign or unit: 0.091 → "9.1". */
export function points(share: number): string {
  return fixed(100 * Math.abs(share), 1);
}

function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** "56.5 ± 0.3 %" over two or more values, "56.5 %" for one. */
export function spread(shares: readonly number[]): string {
  const centre = mean(shares);
  if (shares.length < 2) return percent(centre, 1);
  return `${fixed(100 * centre, 1)} ± ${fixed(100 * standardDeviation(shares), 1)}${NBSP}%`;
}

/** "1 seed", "2 seeds", "2,000 steps" */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}

/** "a", "a and b", "a, b and c" */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/** "a", "a or b", "a, b or c" */
export function either(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} or ${items[items.length - 1]}`;
}

/** "LoRA keeps 61 % of its gain, CopRA 89 % and no share can be given for Layer drop". @param gains one per name, null where there was none to keep */
export function gainsKept(names: readonly string[], gains: readonly (number | null)[]): string {
  const known = names.flatMap((name, i) => {
    const gain = gains[i];
    return gain === null ? [] : [{ name, gain }];
  });
  const unknown = names.filter((_, i) => gains[i] === null);
  return listed([
    ...known.map(({ name, gain }, i) =>
      i === 0 ? `${name} keeps ${percent(gain)} of its gain` : `${name} ${percent(gain)}`,
    ),
    ...(unknown.length > 0 ? [`no share can be given for ${listed(unknown)}`] : []),
  ]);
}

/** "2 seeds each", or "1 to 3 seeds" when the arms differ. */
export function countedEach(counts: readonly number[], noun: string): string {
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  if (least !== most) return `${least} to ${counted(most, noun)}`;
  return counted(most, noun) + (counts.length > 1 ? ' each' : '');
}

/** The test images and what they leave open: "800 test images, sampling error 1.8 points". */
export function sampling(accuracy: number, images: number): string {
  const error = binomialStandardError(accuracy, images);
  return `${counted(images, 'test image')}, sampling error ${points(error)} points`;
}

/**
 * Half-width of a 95 % interval for the difference of two accuracies on `images` images each. Both arms see the same images,
 * so this is on the safe side.
 */
export function differenceNoise(accuracy: number, images: number): number {
  return 1.96 * Math.SQRT2 * binomialStandardError(accuracy, images);
}

/** The mean of the values that are there, null when none is. */
export function meanOfKnown(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[];
  return known.length > 0 ? mean(known) : null;
}

/** Arms that have a result, so that a reading can be given while others still run. */
export function withResults<Result>(arms: readonly ArmResults<Result>[]): ArmResults<Result>[] {
  return arms.filter((arm) => arm.results.length > 0);
}

/** "95 % interval 2.0 to 3.4 points" of a difference told without its sign. */
function intervalOf({ low, high }: { low: number; high: number }, difference: number): string {
  const [from, to] = difference < 0 ? [-high, -low] : [low, high];
  return `95${NBSP}% interval ${fixed(100 * from, 1)} to ${fixed(100 * to, 1)} points`;
}

/**
 * What is said of a difference behind its size: its interval, paired by seed, and that it is not clear where that holds 0. Where there
 * are too few seeds for an interval, whether it is within `noise`.
 */
export function differenceRemark(
  baseline: readonly SeedValue[],
  other: readonly SeedValue[],
  difference: number,
  noise: number,
): string {
  const interval = seedDifference(baseline, other);
  const side = interval && clearSide(interval);
  if (!interval || side === null) return Math.abs(difference) < noise ? ', within the unpaired sampling error' : '';
  return side === 0
    ? `, which is not clear (${intervalOf(interval, difference)})`
    : ` (${intervalOf(interval, difference)})`;
}

/**
 * How every further arm compares with the first, in words: "CopRA is 2.7 points behind LoRA (95 % interval 2.0 to 3.4 points)".
 * @param measures one per arm, null where there is none
 * @param noise differences within it are called so where the seeds are too few for an interval
 * @param samples the values behind the measures, one list per arm
 */
export function verdicts(
  names: readonly string[],
  measures: readonly (number | null)[],
  noise: number,
  words: { readonly more: string; readonly less: string },
  samples: readonly (readonly SeedValue[])[],
): string[] {
  const base = measures[0];
  return names.slice(1).flatMap((name, i) => {
    const measure = measures[i + 1];
    if (base === null || measure === null) return [];
    const difference = measure - base;
    const same = points(difference) === '0.0';
    if (same) return [`${name} and ${names[0]} do not differ`];
    const remark = differenceRemark(samples[0], samples[i + 1], difference, noise);
    return [`${name} is ${points(difference)} points ${difference > 0 ? words.more : words.less} ${names[0]}${remark}`];
  });
}

/** Joins the parts of a sentence; empty parts are left out. */
export function sentence(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}

/** What a caption says before there is anything to read. */
export const NOTHING_YET = 'Nothing measured yet.';
