/** The project's folder in Node; tests/browser/disk.ts is its like in a browser. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/** @param path below the project's root. @throws Error when there is no such file. */
export function readBytes(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(path, ROOT)));
}

/** Names of what lies in a folder below the project's root; none when there is no such folder. */
export function filesIn(folder: string): string[] {
  const place = new URL(folder, ROOT);
  return existsSync(place) ? readdirSync(place) : [];
}
