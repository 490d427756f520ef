import type { StudyConfig } from '../config/config.ts';

/** A study that is ready to run. */
export interface Preset {
  readonly id: string;
  readonly name: string;
  /** What it runs; preset-time.ts says how long that takes. */
  readonly description: string;
  readonly config: StudyConfig;
  /** The page ships with its result (`npm run figures`). */
  readonly saved?: true;
}
