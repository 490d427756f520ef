/** A search for a schedule as CSV, in the conventions of csv.ts. */
import { mean } from '../../core/statistics.ts';
import { JUDGED, type Rung, type ScheduleSearch, type Tried } from '../../study/schedules/schedule-search.ts';
import { fateOf, marginOf } from '../../study/schedules/standing.ts';
import { csv, type Cell } from './csv.ts';

/** One row per round, candidate and way in which it is taken; means and margins in shares, `_n` says over how many seeds or pairs of seeds. */
export function searchCsv(search: ScheduleSearch): string {
  const { rungs, confirmed, candidates, references } = search;
  const row =
    (rung: Rung, place: number, images: string) =>
    (tried: Tried): Cell[] => {
      const margin = marginOf(rung, tried, references);
      return [
        ...[images === 'test' ? 'test' : place + 1, rung.steps, rung.seeds.length, rung.images, images],
        ...[tried.candidate, candidates.find(({ id }) => id === tried.candidate)?.name ?? tried.candidate, tried.take],
        ...JUDGED.flatMap((judged) => [tried[judged].length > 0 ? mean(tried[judged]) : null, tried[judged].length]),
        Number.isFinite(margin) ? margin : null,
        fateOf(search, place, tried),
      ];
    };
  const rows = [
    ...rungs.flatMap((rung, place) => rung.tried.map(row(rung, place, 'validation'))),
    ...(confirmed?.tried.map(row(confirmed, rungs.length, 'test')) ?? []),
  ];
  const heads = JUDGED.flatMap((judged) => [judged, `${judged}_n`]);
  return csv(
    ['round', 'steps', 'seeds', 'images', 'of', 'candidate', 'name', 'take', ...heads, 'margin', 'fate'],
    rows,
  );
}
