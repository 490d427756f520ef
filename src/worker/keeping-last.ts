/** What the worker has loaded stays for the next request that wants the same. */
import type { StudyConfig } from '../study/config/config.ts';

/** What tells one loaded backbone from another. */
export const modelKey = ({ backbone, imageSize }: Pick<StudyConfig, 'backbone' | 'imageSize'>) => [backbone, imageSize];

/**
 * Keeps what was loaded last: a study is estimated, often for every turn of a setting, before it runs.
 * @param most that many of different keys
 */
export function keepingLast<W, T>(
  keyOf: (wanted: W) => readonly unknown[],
  load: (wanted: W) => Promise<T>,
  most = 1,
): (wanted: W) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (wanted) => {
    const key = JSON.stringify(keyOf(wanted));
    const known = kept.get(key);
    const loaded = known ?? load(wanted);
    kept.delete(key);
    kept.set(key, loaded);
    if (kept.size > most) kept.delete([...kept.keys()][0]);
    // The next request tries again.
    if (!known) loaded.catch(() => kept.get(key) === loaded && kept.delete(key));
    return loaded;
  };
}
