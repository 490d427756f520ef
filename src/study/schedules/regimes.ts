/** The regimes in which schedules are searched, and where what a search found lies. */
import type { StudyConfig } from '../config/config.ts';
import { fewShots } from '../presets/few-shots.ts';
import { full } from '../presets/full.ts';
import type { RegimeId } from './schedule-search.ts';

export interface Regime {
  readonly id: RegimeId;
  readonly name: string;
  /** Images, arms and training; the second arm is the one that candidates change. */
  readonly config: StudyConfig;
  /** The page ships with the search and with the result of its test (`npm run schedule-search`). */
  readonly saved?: true;
}

export const plenty: Regime = { id: 'plenty', name: full.name, config: full.config, saved: true };
export const few: Regime = { id: 'few', name: fewShots.name, config: fewShots.config };

export const REGIMES: readonly Regime[] = [plenty, few];

export const regimeOf = (id: string): Regime | null => REGIMES.find((regime) => regime.id === id) ?? null;

/** Path of a saved search, relative to the page. */
export const savedSearchFile = ({ id }: Pick<Regime, 'id'>): string => `showcase/schedule-${id}.json`;

/** Path of the result of its test beside the search's own. @param file of the search */
export const testResultFile = (file: string): string => file.replace(/(\.json)?$/, '.result.json');
