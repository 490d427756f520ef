/** Puts a file or folder in the place of another. */
import { rename } from 'node:fs/promises';

/** What Windows says while a virus scanner, an indexer or a synchronising program has one of the two open, which is over in a moment; */
const HELD = new Set(['EPERM', 'EBUSY', 'EACCES']);
/** after these waits, in milliseconds, it lasts. */
const WAITS = [10, 20, 40, 80, 160, 320, 400];

/** @param move the system's own, for tests. @throws Error of the system, after about a second where something holds either of the two */
export async function renamed(from: string, to: string, move: typeof rename = rename): Promise<void> {
  for (const wait of [...WAITS, null]) {
    try {
      return await move(from, to);
    } catch (error) {
      if (wait === null || !HELD.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
