/** What the points of a search look like: who they are, how they are taken, and what their size says. */
import { hundredths } from '../../core/number-format.ts';
import { takenName, type SearchPoint } from '../../state/search/search-points.ts';
import type { Judged, ScheduleSearch } from '../../study/schedules/schedule-search.ts';
import charts from '../charts/charts.module.css';
import { ReferenceItem } from '../charts/Legend.tsx';
import { MARKERS } from '../charts/line-styles.ts';
import { unbroken } from '../unbroken.ts';
import { SEARCH_WORDS } from './messages.ts';
import { extentOf, looksOf } from './search-plot.ts';

function Glyph({ point }: { point: SearchPoint }) {
  const { colour, shape, hollow = false } = looksOf(point);
  return (
    <svg width="18" height="16" viewBox="4 0 18 16" aria-hidden="true">
      <path d={MARKERS[shape]} fill={hollow ? 'var(--surface)' : `var(${colour})`} stroke={`var(${colour})`} />
    </svg>
  );
}

/** What to call the looks of a point. */
function nameOf({ candidate, tried, fate, isWinner }: SearchPoint, search: ScheduleSearch): string {
  if (fate === 'reference') {
    const first = search.references.find(
      (id) => search.candidates.find((one) => one.id === id)?.method === candidate.method,
    );
    return takenName(search, { candidate: first ?? candidate.id, take: 'last' });
  }
  if (isWinner) return SEARCH_WORDS.fates.won;
  return `${SEARCH_WORDS.fates[fate]}, ${tried.take === 'last' ? SEARCH_WORDS.last : SEARCH_WORDS.average}`;
}

interface Props {
  readonly search: ScheduleSearch;
  readonly points: readonly SearchPoint[];
  readonly size: Judged;
}

export function SearchLegend({ search, points, size }: Props) {
  const kinds = [...new Map(points.map((point) => [nameOf(point, search), point])).entries()];
  const extent = extentOf(points, size);
  return (
    <div className={charts.legend}>
      {kinds.map(([name, point]) => (
        <span key={name} className={charts.legendItem}>
          <Glyph point={point} />
          {name}
        </span>
      ))}
      <ReferenceItem text={SEARCH_WORDS.unbeaten} dash="dot" />
      {extent && (
        <span className={charts.legendItem}>
          {unbroken(SEARCH_WORDS.size(SEARCH_WORDS.judged[size].name, hundredths(extent[0]), hundredths(extent[1])))}
        </span>
      )}
    </div>
  );
}
