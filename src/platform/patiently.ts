import { pause } from './pause.ts';

/** Milliseconds before something is asked for again. */
const PAUSES = [500, 1500];

/** A connection that is cut for a moment is not worth a word: what cannot be loaded is asked for three times. */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (const milliseconds of PAUSES)
    try {
      return await load();
    } catch {
      await pause(milliseconds);
    }
  return load();
}
