/** What many arms beside the first one show: which are better in a measure, at what price in accuracy, and which no other beats in both. */
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { listed } from '../../../core/listed.ts';
import { clearSide, excludedSide } from '../../../copra/seed-differences.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { unbrokenPercent, points, quoted } from '../../../study/readings/numbers.ts';
import { nothingYet, sentence, testImages, type Reading } from '../../../study/readings/words.ts';
import type { Sample } from '../../../core/clusters.ts';
import { joined } from '../left-out.ts';
import { FRONTIER_WORDS } from './messages.ts';

/** What arms are compared in. */
interface Measured {
  /** The sign of a difference that is better. */
  readonly sign: -1 | 1;
  readonly value: (share: number) => string;
}

const MEASURES = {
  gain: { sign: 1, value: (share) => unbrokenPercent(share, 1) },
  barrier: {
    sign: -1,
    value: (share) => FRONTIER_WORDS.caption.points(`${share < 0 ? '−' : ''}${points(share)}`),
  },
  midpoint: { sign: 1, value: (share) => unbrokenPercent(share, 1) },
} as const satisfies Record<string, Measured>;

export type FrontierMeasure = keyof typeof MEASURES;

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
  readonly images: Sample;
}

const side = (difference: ScopedInterval | null): -1 | 0 | 1 | null => difference && clearSide(difference);

/** Names listed before the rest is counted. */
const MOST_NAMED = 3;

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  const said = names.map(quoted);
  return more > 1 ? FRONTIER_WORDS.caption.more(said.slice(0, MOST_NAMED).join(', '), more) : listed(said);
}

/** The message, decided by the intervals of the measure and then of the accuracies: each by its own. Empty without other arms. */
export function frontierMessage({
  measure,
  first,
  arms,
  others,
}: Pick<FrontierReading, 'measure' | 'first' | 'arms' | 'others'>): string {
  if (others.length === 0) return '';
  if (!arms.some(({ name }) => name === first)) return FRONTIER_WORDS.caption.noFirst(quoted(first));
  const words = FRONTIER_WORDS.caption.measures[measure];
  const { sign } = MEASURES[measure];
  if (others.every(({ other }) => side(other) === null)) return words.tooFew(quoted(first));
  const ahead = others.filter(({ other }) => side(other) === sign);
  if (ahead.length === 0) return words.none(quoted(first));
  const names = named(ahead.map((arm) => arm.name));
  const [less, more] = [-1, 1].map((sign) => ahead.filter(({ accuracy }) => side(accuracy) === sign).length);
  return joined(
    words.ahead(quoted(first), ahead.length, others.length, names),
    FRONTIER_WORDS.caption.price({ less, more, open: ahead.length - less - more }),
  );
}

/** "Lowest barrier: Layer drop, 2.2 points at an accuracy of 53.6 %; …". */
export function frontierReading(reading: FrontierReading): Reading {
  const { measure, first, arms, others, unbeaten, seeds, images } = reading;
  if (arms.length === 0) return nothingYet();
  const words = FRONTIER_WORDS.caption;
  const { sign, value } = MEASURES[measure];
  const has = (arm: ArmAlone): string => words.at(quoted(arm.name), value(arm.other), unbrokenPercent(arm.accuracy, 1));
  const ahead = arms.reduce((most, arm) => (sign * (arm.other - most.other) > 0 ? arm : most));
  const accurate = arms.reduce((most, arm) => (arm.accuracy > most.accuracy ? arm : most));
  const clear = others.filter(({ other }) => other !== null && excludedSide(other) === sign);
  const scope = clear[0]?.other?.scope;
  const over = words.over(READING_WORDS.seeds(seeds), testImages(images));
  // One arm is no choice among many.
  const luckOf = (better: readonly ArmBeside[]): string =>
    better.length > 0 && others.length > 1 ? words.luck(quoted(first)) : '';
  const bests = [
    words.measures[measure].best(has(ahead)),
    accurate.name === ahead.name
      ? words.mostAccurate
      : words.accurate(
          quoted(accurate.name),
          unbrokenPercent(accurate.accuracy, 1),
          `${FRONTIER_WORDS.measures[measure].inSentence} ${value(accurate.other)}`,
        ),
  ];
  const all = [
    ...bests,
    words.unbeaten(arms.length, named(unbeaten)),
    scope
      ? words.clear(
          quoted(first),
          READING_WORDS.scopes[scope],
          clear.length,
          others.length,
          named(clear.map((arm) => arm.name)),
        )
      : '',
    luckOf(clear),
    over,
  ];
  const told = clear.filter(({ other }) => side(other) === sign);
  return { numbers: sentence([...bests, luckOf(told), over]), reading: sentence(all) };
}
