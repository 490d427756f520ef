/** The sentence above the table of many arms. */
import { summariseArm } from '../../../state/summary/arm-summary.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { unbrokenPercent, points } from '../../../study/readings/numbers.ts';
import { countedEach, sampling, sentence } from '../../../study/readings/words.ts';
import type { Sample } from '../../../core/clusters.ts';
import { SUMMARY_WORDS } from './messages.ts';

/** One arm in numbers. */
interface ComparedArm {
  readonly name: string;
  /** Mean test accuracy with every layer on; null until measured. */
  readonly whole: number | null;
  /** Mean accuracy at the midpoint between two seeds on the factor path; null until measured. */
  readonly midpoint: number | null;
  /** Seeds behind `whole`. */
  readonly seeds: number;
}

/** @param images test images */
export function comparisonReading(arms: readonly ComparedArm[], images: Sample): string {
  const whole = known(arms, ({ whole }) => whole);
  if (whole.length === 0) return READING_WORDS.nothingYet;
  const best = extreme(whole, 1);
  const losses = known(arms, ({ whole, midpoint }) => (whole === null || midpoint === null ? null : whole - midpoint));
  const [least, most] = losses.length > 1 ? [extreme(losses, -1), extreme(losses, 1)] : [];
  const seeds = arms.filter(({ whole }) => whole !== null).map((arm) => arm.seeds);
  return sentence([
    SUMMARY_WORDS.caption.highest(best.name, whole.length, unbrokenPercent(best.value, 1)),
    least && most ? SUMMARY_WORDS.caption.ends(change(least), change(most)) : '',
    SUMMARY_WORDS.caption.luck(`${countedEach(seeds, 'seed')}, ${sampling(best.value, images)}`),
  ]);
}

interface Named {
  readonly name: string;
  readonly value: number;
}

/** @param value what is lost */
const change = ({ name, value }: Named): string => SUMMARY_WORDS.caption.change(name, points(value), value < 0);

const known = (arms: readonly ComparedArm[], pick: (arm: ComparedArm) => number | null): Named[] =>
  arms.flatMap((arm) => {
    const value = pick(arm);
    return value === null ? [] : [{ name: arm.name, value }];
  });

/** The largest of sign · value, the first of equals. */
const extreme = (values: readonly Named[], sign: 1 | -1): Named =>
  values.reduce((best, other) => (sign * other.value > sign * best.value ? other : best));

export function comparisonCaption(result: StudyResult): string {
  const arms = result.config.arms.map(({ id, name }) => {
    const { testAccuracy, midpointFactor } = summariseArm(result, id);
    const whole = testAccuracy?.mean ?? null;
    return { name, whole, midpoint: midpointFactor?.mean ?? null, seeds: testAccuracy?.n ?? 0 };
  });
  return comparisonReading(arms, testSample(result));
}
