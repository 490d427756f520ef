/** What a picture that is asked about depends on: another result on the page may have other test pictures, or a backbone that sees it in another way. */
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyResult } from '../../study/result/result.ts';

/** Equal for results with the same test pictures and classes. */
export const testKey = ({ config, task }: Pick<StudyResult, 'config' | 'task'>): string =>
  JSON.stringify([config.task, task.name, task.classes, task.testDigest]);

/** Equal for settings with which a file is read into the same pixels. */
export const readingKey = ({ backbone, imageSize }: Pick<StudyConfig, 'backbone' | 'imageSize'>): string =>
  JSON.stringify([backbone, imageSize]);
