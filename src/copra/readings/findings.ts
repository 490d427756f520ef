/** The findings of the page's first screen, in words. What is said of a difference is decided by its interval, never by its size. */
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { READING_WORDS } from './messages.ts';
import { fixed, intervalEnds } from '../../core/number-format.ts';
import { clearSide } from '../seed-differences.ts';
import { percent, points } from './words.ts';

/** Two arms compared in one figure. */
export interface Compared {
  /** Baseline first. */
  readonly names: readonly [string, string];
  /** Means over the seeds (or pairs of seeds) that both have, as shares. */
  readonly values: readonly [number, number];
  /** Second − first, with its 95 % interval. */
  readonly difference: ScopedInterval;
}

/** Which arm does better, if the interval tells; null if there are too few seeds for one. */
type Better = 'first' | 'second' | 'neither' | null;

function betterOf({ difference }: Compared, lowerIsBetter = false): Better {
  const side = clearSide(difference);
  if (side === null) return null;
  if (side === 0) return 'neither';
  return side > 0 === lowerIsBetter ? 'first' : 'second';
}

/** The size of a clear difference without its sign, and its interval, in points: "13.6", "7.1", "20.2". */
function amount({ difference: { mean, low, high } }: Compared): [size: string, low: string, high: string] {
  const [from, to] = mean < 0 ? [-high, -low] : [low, high];
  return [points(mean), ...intervalEnds(100 * from, 100 * to, 1)];
}

/**
 * @param clear the sentence about a clear difference, given the better arm and the other one
 * @param lowerIsBetter true where a smaller value is the better one
 */
function verdict(compared: Compared, clear: (better: 0 | 1) => string, lowerIsBetter = false): string {
  const { low, high, seeds } = compared.difference;
  switch (betterOf(compared, lowerIsBetter)) {
    case 'first':
      return clear(0);
    case 'second':
      return clear(1);
    case 'neither':
      return READING_WORDS.findings.unclear(...intervalEnds(100 * low, 100 * high, 1));
    case null:
      return READING_WORDS.findings.tooFew(seeds);
  }
}

export interface FindingWords {
  /** What each arm reaches, in the order of the names. */
  readonly values: readonly [string, string];
  /** Who does better, or that this is not clear, in one sentence. */
  readonly verdict: string;
}

/** @param kept share of the gain that is kept with every other layer switched off */
export const halfOffFinding = (kept: Compared): FindingWords => ({
  values: [percent(kept.values[0]), percent(kept.values[1])],
  verdict: verdict(kept, (better) => READING_WORDS.findings.keepsMore(kept.names[better], ...amount(kept))),
});

/** @param lost barrier in accuracy on the way between two seeds whose A and B are averaged */
export const averageFinding = (lost: Compared): FindingWords => ({
  values: [
    READING_WORDS.findings.points(fixed(-100 * lost.values[0], 1)),
    READING_WORDS.findings.points(fixed(-100 * lost.values[1], 1)),
  ],
  verdict: verdict(lost, (better) => READING_WORDS.findings.losesLess(lost.names[better], ...amount(lost)), true),
});

/** @param reached test accuracy with every layer on */
export const priceFinding = (reached: Compared): FindingWords => ({
  values: [percent(reached.values[0], 1), percent(reached.values[1], 1)],
  verdict: verdict(reached, (better) =>
    READING_WORDS.findings[better === 1 ? 'ahead' : 'behind'](reached.names[1], ...amount(reached)),
  ),
});

/** @param reached an accuracy that is no price: on other domains, of tasks in one adapter, of averaged clients */
export const reachedFinding = (reached: Compared): FindingWords => ({
  values: [percent(reached.values[0], 1), percent(reached.values[1], 1)],
  verdict: verdict(reached, (better) => READING_WORDS.findings.reachesMore(reached.names[better], ...amount(reached))),
});

/** @param error of averaging A and B, by how far clients move */
export const averagingFinding = (error: Compared): FindingWords => ({
  values: [percent(error.values[0], 1), percent(error.values[1], 1)],
  verdict: verdict(error, (better) => READING_WORDS.findings.errsLess(error.names[better], ...amount(error)), true),
});
