/** Settings from elsewhere may be of a later version of the page, and have more than this one knows. */
import { holdsAll } from '../../core/holds-all.ts';
import type { StudyConfig } from './config.ts';

/** The settings, marked where some of those that they were read from are left out. */
export const withMissing = (config: StudyConfig, read: unknown): StudyConfig =>
  holdsAll(config, read) ? config : { ...config, incomplete: true };
