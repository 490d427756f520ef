/** What a figure says of two arms: a message in words, and the numbers behind it. */
import { isBeyondShares } from '../../core/number-format.ts';
import { sharedValues } from '../../copra/seed-differences.ts';
import { comparisonMessage } from '../../study/readings/comparison.ts';
import type { ComparisonWords } from '../../study/readings/messages.ts';
import { AS_SHARES, pairNumbers, type Written } from '../../study/readings/numbers.ts';
import { comparedArms } from '../../state/summary/findings.ts';
import type { ScopedInterval, SeedValue } from '../../core/crossed-interval.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { armDifference } from '../../study/result/measures/arm-difference.ts';
import type { Measure } from '../../study/result/measures/measure.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { RESULT_WORDS } from './messages.ts';

/** The top of a caption; both are empty without two arms, and until both are measured. */
export interface Told {
  readonly message: string;
  readonly numbers: string;
}

export const UNTOLD: Told = { message: '', numbers: '' };

/** Behind the numbers of two arms: which of several these are. */
function ofSeveral(numbers: string, { arms }: Pick<StudyConfig, 'arms'>): string {
  const compared = comparedArms({ arms });
  if (!compared || arms.length < 3) return numbers;
  const [first, second] = compared;
  return `${numbers} ${RESULT_WORDS.compared(arms.length, first.method === 'lora', second.method === 'copra')}`;
}

type OfSeeds = Pick<SeedValue, 'seeds' | 'value'>;

/** Values of the two arms that the first screen compares, one per run or pair of runs, and their difference, second − first. */
interface Pair {
  readonly values: readonly [first: readonly OfSeeds[], second: readonly OfSeeds[]];
  readonly difference: ScopedInterval | null;
}

/** @param pairOf the two arms, given by id, in what is told */
export function toldOfPair(
  { config }: Pick<StudyResult, 'config'>,
  words: ComparisonWords,
  { lowerIsBetter }: Pick<Measure, 'lowerIsBetter'>,
  written: Written,
  pairOf: (first: string, second: string) => Pair,
): Told {
  const arms = comparedArms(config);
  if (!arms) return UNTOLD;
  const [first, second] = arms;
  const { values, difference } = pairOf(first.id, second.id);
  if (values.some((list) => list.length === 0)) return UNTOLD;
  const all = values.map((list) => list.map(({ value }) => value));
  // Where one has lost a seed, its mean is beside that of the same seeds of the other, as the difference is of these.
  const [one, other] = difference ? sharedValues(...values) : all;
  const isPartly = one.length < all[0].length || other.length < all[1].length;
  const isTelling = difference && !(written.areShares && isBeyondShares(difference));
  return {
    message: comparisonMessage(words, [first.name, second.name], isTelling ? difference : null, { lowerIsBetter }),
    numbers: ofSeveral(
      pairNumbers(
        { name: first.name, values: one },
        { name: second.name, values: other },
        difference,
        written,
        isPartly,
      ),
      config,
    ),
  };
}

/** Of a measure. @param written how its values are written */
export const toldOf = (
  result: StudyResult,
  words: ComparisonWords,
  measure: Measure,
  written: Written = AS_SHARES,
): Told =>
  toldOfPair(result, words, measure, written, (first, second) => ({
    values: [measure.values(result, first, second), measure.values(result, second, first)],
    difference: armDifference(result, measure, first, second),
  }));
