/** What the test of a search decides, by rules that were fixed before it: whether its winner is offered as a method. */
import type { Confirmed, Judged, ReferenceDifference, ScheduleSearch } from './schedule-search.ts';

/** Fresh seeds that a test needs before it may offer anything. */
const LEAST_SEEDS = 6;

export interface Verdict {
  /**
   * - `none`: not tested yet
   * - `behind`: clearly below a reference in a measure
   * - `unclear`: clearly below no reference, but not clearly above each of them in some measure either
   * - `ahead`: clearly below no reference in any measure, and clearly above each of them in at least one
   */
  readonly kind: 'none' | 'behind' | 'unclear' | 'ahead';
  /** Differences whose 95 % interval lies below 0, and above. */
  readonly below: readonly ReferenceDifference[];
  readonly above: readonly ReferenceDifference[];
}

const isBelow = ({ high }: ReferenceDifference): boolean => high !== null && high < 0;
const isAbove = ({ low }: ReferenceDifference): boolean => low !== null && low > 0;

export function verdictOf({ confirmed, references }: Pick<ScheduleSearch, 'confirmed' | 'references'>): Verdict {
  if (!confirmed) return { kind: 'none', below: [], above: [] };
  const below = confirmed.differences.filter(isBelow);
  const above = confirmed.differences.filter(isAbove);
  const beatsAll = references.length > 0 && references.every((id) => above.some(({ reference }) => reference === id));
  return { kind: below.length > 0 ? 'behind' : beatsAll ? 'ahead' : 'unclear', below, above };
}

/** The measures in which it differs so, each once, in the order of the test. */
export const measuresOf = (differences: readonly ReferenceDifference[], reference: string): Judged[] =>
  differences.flatMap((one) => (one.reference === reference ? [one.measure] : []));

/**
 * The test that makes the winner a method of the page; null where the outcome is another, the search was shortened, or its seeds are too few or were seen by
 * the search before.
 */
export function offeringTest(search: ScheduleSearch): Confirmed | null {
  const { confirmed, rungs, budget } = search;
  if (!confirmed || budget < 1 || verdictOf(search).kind !== 'ahead') return null;
  const seen = new Set(rungs.flatMap(({ seeds }) => seeds));
  const isFresh = confirmed.seeds.every((seed) => !seen.has(seed));
  return isFresh && confirmed.seeds.length >= LEAST_SEEDS ? confirmed : null;
}
