/** The findings of the page's first screen, in words. What is said of a difference is decided by its interval, never by its size. */
import { fixed, isBeyondShares, pointsEnds } from '../../core/number-format.ts';
import { clearSide } from '../../copra/seed-differences.ts';
import { unbrokenPercent, points } from '../../study/readings/numbers.ts';
import { countsOwnMotifs } from '../../study/result/motifs.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { startsLower, type Compared } from '../../state/summary/findings.ts';
import { STORY } from './messages.ts';

/** Which arm does better, if the interval tells; null if there are too few seeds for one. */
type Better = 'first' | 'second' | 'neither' | null;

function betterOf({ difference }: Compared, lowerIsBetter = false): Better {
  const side = clearSide(difference);
  if (side === null || isBeyondShares(difference)) return null;
  if (side === 0) return 'neither';
  return side > 0 === lowerIsBetter ? 'first' : 'second';
}

/** The size of a clear difference without its sign, and its interval, in points: "13.6", "7.1", "20.2". */
function amount({ difference: { mean, low, high } }: Compared): [size: string, low: string, high: string] {
  const [from, to] = mean < 0 ? [-high, -low] : [low, high];
  return [points(mean), ...pointsEnds(from, to, 1)];
}

/**
 * @param clear the sentence about a clear difference, given the better arm and the other one
 * @param lowerIsBetter true where a smaller value is the better one
 */
function verdict(compared: Compared, clear: (better: 0 | 1) => string, lowerIsBetter = false): string {
  const { low, high, seeds, isConstant } = compared.difference;
  switch (betterOf(compared, lowerIsBetter)) {
    case 'first':
      return clear(0);
    case 'second':
      return clear(1);
    case 'neither':
      return STORY.verdicts.unclear(...pointsEnds(low, high, 1));
    case null:
      return isConstant ? STORY.verdicts.constant : STORY.verdicts.tooFew(seeds);
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
  values: [unbrokenPercent(kept.values[0]), unbrokenPercent(kept.values[1])],
  verdict: verdict(kept, (better) => STORY.verdicts.keepsMore(kept.names[better], ...amount(kept))),
});

/** @param lost barrier in accuracy on the way between two seeds whose A and B are averaged: as what is lost, without a minus, so that the interval is that of the values' difference */
export const averageFinding = (lost: Compared): FindingWords => ({
  values: [
    STORY.verdicts.points(fixed(100 * lost.values[0], 1)),
    STORY.verdicts.points(fixed(100 * lost.values[1], 1)),
  ],
  verdict: verdict(
    lost,
    (better) => startsLower(lost) ?? STORY.verdicts.losesLess(lost.names[better], ...amount(lost)),
    true,
  ),
});

/** @param reached test accuracy with every layer on */
export const priceFinding = (reached: Compared): FindingWords => ({
  values: [unbrokenPercent(reached.values[0], 1), unbrokenPercent(reached.values[1], 1)],
  verdict: verdict(reached, (better) =>
    STORY.verdicts[better === 1 ? 'ahead' : 'behind'](reached.names[1], ...amount(reached)),
  ),
});

/** @param reached an accuracy that is no price: on other domains, of tasks in one adapter, of averaged clients */
export const reachedFinding = (reached: Compared): FindingWords => ({
  values: [unbrokenPercent(reached.values[0], 1), unbrokenPercent(reached.values[1], 1)],
  verdict: verdict(reached, (better) => STORY.verdicts.reachesMore(reached.names[better], ...amount(reached))),
});

/** @param error of averaging A and B, as a share of the largest that the clients’ movement allows */
export const averagingFinding = (error: Compared): FindingWords => ({
  values: [unbrokenPercent(error.values[0], 1), unbrokenPercent(error.values[1], 1)],
  verdict: verdict(error, (better) => STORY.verdicts.errsLess(error.names[better], ...amount(error)), true),
});

/** "with 95 % intervals, too narrow: images of one motif count apart" */
export const intervalsOf = ({ config, task }: Pick<StudyResult, 'config' | 'task'>): string =>
  [STORY.intervals, ...(countsOwnMotifs(config.task, task.motifs) ? [STORY.ownMotifs] : [])].join(', ');
