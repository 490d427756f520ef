/** What many arms beside the first one show: which are better in a measure, at what price in accuracy, and which no other beats in both. */
import { counted } from '../../core/counted.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { listed } from '../../core/listed.ts';
import { SCOPE_WORDS } from '../messages.ts';
import { clearSide, excludedSide } from '../seed-differences.ts';
import { NBSP, NOTHING_YET, percent, points, sentence } from './words.ts';

/** How a measure is spoken of. */
interface MeasureWords {
  /** "lowest barrier" */
  readonly best: string;
  /** "loses less than LoRA between two seeds", of one arm and of several. */
  readonly better: readonly [one: (first: string) => string, several: (first: string) => string];
  /** The sign of a difference that is better. */
  readonly sign: -1 | 1;
  readonly value: (share: number) => string;
}

const HALF_ON = 'with every other layer off';
const BETWEEN = 'between two seeds';
const HALF_WAY = `half-way ${BETWEEN}`;

const WORDS = {
  gain: {
    best: 'highest gain kept',
    better: [
      (first) => `keeps more of its gain than ${first} ${HALF_ON}`,
      (first) => `keep more of their gain than ${first} ${HALF_ON}`,
    ],
    sign: 1,
    value: (share) => percent(share, 1),
  },
  barrier: {
    best: 'lowest barrier',
    better: [(first) => `loses less than ${first} ${BETWEEN}`, (first) => `lose less than ${first} ${BETWEEN}`],
    sign: -1,
    value: (share) => `${share < 0 ? '−' : ''}${points(share)}${NBSP}points`,
  },
  midpoint: {
    best: 'highest midpoint',
    better: [(first) => `does better than ${first} ${HALF_WAY}`, (first) => `do better than ${first} ${HALF_WAY}`],
    sign: 1,
    value: (share) => percent(share, 1),
  },
} as const satisfies Record<string, MeasureWords>;

export type FrontierMeasure = keyof typeof WORDS;

const wordsOf = (measure: FrontierMeasure): MeasureWords => WORDS[measure];

/** An arm beside the first. */
export interface ArmBeside {
  readonly name: string;
  /** Arm minus first arm; null: not known. */
  readonly accuracy: ScopedInterval | null;
  readonly other: ScopedInterval | null;
}

/** An arm by itself, in shares. */
export interface ArmAlone {
  readonly name: string;
  readonly accuracy: number;
  readonly other: number;
}

export interface FrontierReading {
  readonly measure: FrontierMeasure;
  /** The name of the first arm. */
  readonly first: string;
  /** Arms with both measures. */
  readonly arms: readonly ArmAlone[];
  /** All of them but the first arm. */
  readonly others: readonly ArmBeside[];
  /** Names of those that no other beats, from the most accurate on. */
  readonly unbeaten: readonly string[];
  readonly seeds: number;
  /** Test images. */
  readonly images: number;
}

const side = (difference: ScopedInterval | null): -1 | 0 | 1 | null => difference && clearSide(difference);

/** Names such as "CopRA, sine ramp" would run into the words around them. */
const quoted = (name: string): string => (name.includes(',') ? `“${name}”` : name);

/** The message, decided by the intervals of the measure and then of the accuracies. Empty without other arms. */
export function frontierMessage({
  measure,
  first,
  others,
}: Pick<FrontierReading, 'measure' | 'first' | 'others'>): string {
  if (others.length === 0) return '';
  const { better, sign } = wordsOf(measure);
  const [one, several] = better.map((words) => words(quoted(first)));
  if (others.every(({ other }) => side(other) === null)) return `Too few seeds to say which arms ${several}.`;
  const ahead = others.filter(({ other }) => side(other) === sign);
  if (ahead.length === 0) return `No arm clearly ${one}.`;
  return ahead.every(({ accuracy }) => side(accuracy) === -1)
    ? `Every arm that clearly ${one} is less accurate with every layer on.`
    : `Some arms clearly ${several}, and are not clearly less accurate.`;
}

/** Names listed before the rest is counted. */
const MOST_NAMED = 3;

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  const said = names.map(quoted);
  return more > 1 ? `${said.slice(0, MOST_NAMED).join(', ')} and ${more} more` : listed(said);
}

/** "The lowest barrier has Layer drop, 2.2 points at an accuracy of 53.6 %; …". */
export function frontierReading(reading: FrontierReading): string {
  const { measure, first, arms, others, unbeaten, seeds, images } = reading;
  if (arms.length === 0) return NOTHING_YET;
  const { best, sign, value } = wordsOf(measure);
  const has = (arm: ArmAlone): string =>
    `${quoted(arm.name)}, ${value(arm.other)} at an accuracy of ${percent(arm.accuracy, 1)}`;
  const ahead = arms.reduce((most, arm) => (sign * (arm.other - most.other) > 0 ? arm : most));
  const accurate = arms.reduce((most, arm) => (arm.accuracy > most.accuracy ? arm : most));
  const clear = others.filter(({ other }) => other !== null && excludedSide(other) === sign);
  const scope = clear[0]?.other?.scope;
  return sentence([
    `The ${best} has ${has(ahead)}`,
    accurate.name === ahead.name ? 'which is the most accurate arm, too' : `the highest accuracy has ${has(accurate)}`,
    `none of ${counted(arms.length, 'arm')} beats ${named(unbeaten)} in both`,
    scope
      ? `the 95${NBSP}% interval of the difference to ${quoted(first)}, ${SCOPE_WORDS[scope]}, lies on the better side of 0 for ${clear.length} of ${counted(others.length, 'arm')} (${named(clear.map((arm) => arm.name))})`
      : '',
    `means over ${counted(seeds, 'seed')}, ${counted(images, 'test image')}`,
  ]);
}
