/** What names a model that no commit pins: one SHA-256 of all its files, as they lie on the device. */
import { createHasher } from './sha256.ts';

export interface FileDigest {
  readonly name: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** As sha256sum lists files: anyone can take the digest again. */
const listingOf = (files: readonly FileDigest[]): string =>
  files
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
    .join('');

export async function sha256Of(bytes: Uint8Array): Promise<string> {
  const hasher = await createHasher();
  hasher.update(bytes);
  return hasher.digest();
}

/** SHA-256 of the listing of the files by name: `sha256sum FILES | sha256sum`. It changes with any byte, and with any file more or less. */
export const contentDigest = (files: readonly FileDigest[]): Promise<string> =>
  sha256Of(new TextEncoder().encode(listingOf(files)));
