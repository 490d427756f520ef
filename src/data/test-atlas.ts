/** For tests: the built atlas, from disk. */
import { readFile } from 'node:fs/promises';

export async function readBuiltAtlas(file: string): Promise<ArrayBuffer> {
  const bytes = await readFile(new URL(`../../public/atlas/${file}`, import.meta.url));
  return new Uint8Array(bytes).buffer;
}
