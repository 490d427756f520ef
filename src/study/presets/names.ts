/** What the page calls searches for a schedule. */
import type { Regime } from '../schedules/regimes.ts';
import { PRESET_WORDS } from './messages.ts';

/** The name of the search in a regime, in the language of the page. */
export const searchName = ({ name }: Pick<Regime, 'name'>): string => PRESET_WORDS.search(PRESET_WORDS.called(name));
