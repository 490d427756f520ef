import type { StudyConfig } from '../config/config.ts';

/** A study that is ready to run. descriptions/ says what it asks, preset-time.ts how long it takes. */
export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly config: StudyConfig;
  /** The page ships with its result (`npm run figures`). */
  readonly saved?: true;
}
