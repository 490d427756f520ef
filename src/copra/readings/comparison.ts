/** The sentence under a table of many arms: the best and worst arm, and the seeds and images behind the numbers. */
import { counted } from '../../core/counted.ts';
import { countedEach, NOTHING_YET, percent, points, sampling, sentence } from './words.ts';

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
export function comparisonReading(arms: readonly ComparedArm[], images: number): string {
  const whole = known(arms, ({ whole }) => whole);
  if (whole.length === 0) return NOTHING_YET;
  const best = extreme(whole, 1);
  const losses = known(arms, ({ whole, midpoint }) => (whole === null || midpoint === null ? null : whole - midpoint));
  const [least, most] = losses.length > 1 ? [extreme(losses, -1), extreme(losses, 1)] : [];
  const compared = arms.filter(({ whole }) => whole !== null);
  return sentence([
    `With every layer on, “${best.name}” is highest of ${counted(whole.length, 'arm')}, at ${percent(best.value, 1)}`,
    least && most
      ? `half-way between two seeds “${least.name}” ${change(least.value)} and “${most.name}” ${change(most.value)}, the ends of the range`
      : '',
    `${countedEach(
      compared.map(({ seeds }) => seeds),
      'seed',
    )}, ${sampling(best.value, images)}, and the highest of many is partly luck`,
  ]);
}

const change = (loss: number): string => `${loss < 0 ? 'gains' : 'loses'} ${points(loss)} points`;

interface Named {
  readonly name: string;
  readonly value: number;
}

const known = (arms: readonly ComparedArm[], pick: (arm: ComparedArm) => number | null): Named[] =>
  arms.flatMap((arm) => {
    const value = pick(arm);
    return value === null ? [] : [{ name: arm.name, value }];
  });

/** The largest of sign · value, the first of equals. */
const extreme = (values: readonly Named[], sign: 1 | -1): Named =>
  values.reduce((best, other) => (sign * other.value > sign * best.value ? other : best));
