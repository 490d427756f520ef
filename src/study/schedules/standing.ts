/** How the candidates of a search stand: how far above the references, and who went on. */
import { mean } from '../../core/statistics.ts';
import {
  JUDGED,
  sameTaken,
  type Judged,
  type Rung,
  type ScheduleSearch,
  type Taken,
  type Tried,
} from './schedule-search.ts';

/** Mean over seeds or pairs of seeds; −Infinity where no value is known. */
const meanOf = (tried: Tried, judged: Judged): number => (tried[judged].length > 0 ? mean(tried[judged]) : -Infinity);

/** References are taken at the end of their training; the means of their last adapters are candidates. */
export const isReference = ({ candidate, take }: Taken, references: readonly string[]): boolean =>
  take === 'last' && references.includes(candidate);

/**
 * How far one lies above the best reference in the measure in which it does worst, in accuracy: at or above 0 it is on or above every reference in all three. The gain kept
 * counts in accuracy too, as a share of the most that a reference gains. −Infinity where a measure is not known.
 */
export function marginOf(rung: Rung, tried: Tried, references: readonly string[]): number {
  const held = rung.tried.filter((one) => isReference(one, references));
  const best = (judged: Judged): number => Math.max(...held.map((one) => meanOf(one, judged)));
  const gain = Math.max(0, best('accuracy') - rung.frozen);
  const margins = JUDGED.map((judged) => {
    const margin = meanOf(tried, judged) - best(judged);
    return judged === 'kept' ? gain * margin : margin;
  });
  return Math.min(...margins.map((margin) => (Number.isNaN(margin) ? -Infinity : margin)));
}

/** Everything of a rung, the largest margin first. */
export const ranked = (rung: Rung, references: readonly string[]): Tried[] =>
  rung.tried
    .map((tried) => ({ tried, margin: marginOf(rung, tried, references) }))
    .toSorted((a, b) => (a.margin === b.margin ? 0 : b.margin - a.margin))
    .map(({ tried }) => tried);

/** These adapters have won the search. */
export const isWinner = ({ confirmed }: ScheduleSearch, taken: Taken): boolean =>
  confirmed !== undefined && sameTaken(confirmed.winner, taken);

/** What became of adapters after a rung: they are a reference, won (after the last rung, where the winner is found), went on (the training did, however it is taken), were left behind, or it is not decided yet. */
export type Fate = 'reference' | 'won' | 'on' | 'left' | 'open';

/** @param place of the rung */
export function fateOf(search: ScheduleSearch, place: number, taken: Taken): Fate {
  const { references, rungs, confirmed } = search;
  if (isReference(taken, references)) return 'reference';
  // A training that is a reference goes on for its own sake; its mean stays a candidate and has not been left behind before the end.
  const further = place + 1 < rungs.length ? rungs[place + 1] : confirmed;
  if (!further) return 'open';
  if (place + 1 >= rungs.length) return isWinner(search, taken) ? 'won' : 'left';
  if (further.tried.some((one) => sameTaken(one, taken))) return 'on';
  // The next rung is trained some at a time: who is missing may be yet to come, unless a later one is there.
  return place + 2 < rungs.length || confirmed ? 'left' : 'open';
}
