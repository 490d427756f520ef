/** Parts of the page that an address asks for and that the page does not have. */
import { shortened } from '../../core/shortened.ts';
import { MAP_PRESETS } from '../../study/map/presets.ts';
import { REGIMES } from '../../study/schedules/regimes.ts';
import { MAP_KEY } from '../map/map-store.ts';
import { MEASURE_KEY } from '../measure/measure-store.ts';
import { SEARCH_KEY } from '../search/search-store.ts';
import { PAGE_STATE_WORDS } from './messages.ts';

/** Longer ones are quoted in part. */
const MOST_QUOTED = 60;

/** @param search query of the address @returns one sentence for each that is skipped */
export function unknownParts(search: string): string[] {
  const asked = new URLSearchParams(search);
  const words = PAGE_STATE_WORDS.address;
  const problems: string[] = [];
  const check = (key: string, isKnown: (value: string) => boolean, why: string): void => {
    const value = asked.get(key);
    if (value !== null && !isKnown(value)) problems.push(words.skipped(`${key}=${shortened(value, MOST_QUOTED)}`, why));
  };
  const named = (key: string, ids: readonly string[]): void =>
    check(key, (value) => ids.includes(value), words.thereAre(ids));
  named(
    MAP_KEY,
    MAP_PRESETS.map(({ id }) => id),
  );
  named(
    SEARCH_KEY,
    REGIMES.map(({ id }) => id),
  );
  check(MEASURE_KEY, (value) => value === '' || (Number(value) > 0 && Number.isFinite(Number(value))), words.noSeconds);
  return problems;
}
