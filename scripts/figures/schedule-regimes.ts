/** The regimes in which schedules are searched. */
import type { StudyConfig } from '../../src/study/config/config.ts';
import { fewShots } from '../../src/study/presets/few-shots.ts';
import { full } from '../../src/study/presets/full.ts';

export interface Regime {
  readonly id: string;
  readonly name: string;
  /** Images, arms and training; the second arm is the one that candidates change. */
  readonly config: StudyConfig;
}

export const plenty: Regime = { id: 'plenty', name: full.name, config: full.config };
export const few: Regime = { id: 'few', name: fewShots.name, config: fewShots.config };
