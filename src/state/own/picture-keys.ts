/** What a picture that is asked about depends on: another result on the page may have other test pictures, or a backbone that sees it in another way. */
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { AskedPicture } from './own-store.ts';

/** Equal for results with the same test pictures and classes. */
export const testKey = ({ config, task }: Pick<StudyResult, 'config' | 'task'>): string =>
  JSON.stringify([config.task, task.name, task.classes, task.testDigest]);

/** Equal for settings with which a file is read into the same pixels. */
export const readingKey = ({ backbone, imageSize }: Pick<StudyConfig, 'backbone' | 'imageSize'>): string =>
  JSON.stringify([backbone, imageSize]);

/** The picture that is asked about, as far as it is one for this result: a test picture of another task is none, and its true class is no class of it. */
export const pictureFor = (
  held: AskedPicture | null,
  result: Pick<StudyResult, 'config' | 'task'>,
): AskedPicture | null => (held && (held.file || held.key === testKey(result)) ? held : null);

/** Whether it is of a file that must be read anew: another backbone may see more of it, or less. */
export const isUnread = ({ file, key }: AskedPicture, config: Pick<StudyConfig, 'backbone' | 'imageSize'>): boolean =>
  file !== null && key !== readingKey(config);
