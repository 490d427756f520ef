/** What many arms beside the first one show: which lose less between two seeds, and at what price. */
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { listed } from '../../core/listed.ts';
import { clearSide, SCOPE_WORDS } from '../seed-differences.ts';
import { percent, points, sentence } from './words.ts';

/** An arm beside the first. */
export interface ArmBeside {
  readonly name: string;
  /** Arm minus first arm; null: not known. */
  readonly accuracy: ScopedInterval | null;
  readonly barrier: ScopedInterval | null;
}

const side = (difference: ScopedInterval | null): -1 | 0 | 1 | null => difference && clearSide(difference);

/** The message, decided by the intervals of the barriers and then of the accuracies. Empty without other arms. */
export function armsMessage(first: string, others: readonly ArmBeside[]): string {
  if (others.length === 0) return '';
  if (others.every(({ barrier }) => side(barrier) === null))
    return `Too few seeds to say which arms lose less than ${first} between two seeds.`;
  const better = others.filter(({ barrier }) => side(barrier) === -1);
  if (better.length === 0) return `No arm clearly loses less than ${first} between two seeds.`;
  return better.every(({ accuracy }) => side(accuracy) === -1)
    ? `Every arm that clearly loses less than ${first} between two seeds is less accurate with every layer on.`
    : `Some arms clearly lose less than ${first} between two seeds, and are not clearly less accurate.`;
}

/** The arms with the least and the most of something. */
export interface Extremes {
  readonly lowestBarrier: { readonly name: string; readonly barrier: number; readonly accuracy: number };
  readonly highestAccuracy: { readonly name: string; readonly barrier: number; readonly accuracy: number };
}

/** Names listed before the rest is counted. */
const MOST_NAMED = 3;

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more > 1 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more` : listed(names);
}

/** "The lowest barrier has Layer drop, 2.2 points at 53.6 %; …". @param images test images */
export function armsReading(
  first: string,
  others: readonly ArmBeside[],
  { lowestBarrier, highestAccuracy }: Extremes,
  images: number,
): string {
  const has = ({ name, barrier, accuracy }: Extremes['lowestBarrier']): string =>
    `${name}, ${points(barrier)} points at ${percent(accuracy, 1)}`;
  const excluded = others.filter(({ barrier }) => barrier !== null && barrier.scope !== null && barrier.high < 0);
  const scope = excluded[0]?.barrier?.scope;
  return sentence([
    `The lowest barrier has ${has(lowestBarrier)}`,
    highestAccuracy.name === lowestBarrier.name
      ? 'which is the most accurate arm, too'
      : `the highest accuracy has ${has(highestAccuracy)}`,
    excluded.length > 0 && scope
      ? `the 95 % interval of the barrier minus that of ${first}, ${SCOPE_WORDS[scope]}, lies below 0 for ${excluded.length} of ${others.length} arms (${named(excluded.map(({ name }) => name))})`
      : '',
    `${images} test images`,
  ]);
}
