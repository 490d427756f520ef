/** Content id of a model without a commit: one SHA-256 over all its files as stored on the device. */
import { createHasher } from './sha256.ts';

export interface FileDigest {
  readonly name: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** The format of sha256sum, so anyone can recompute the digest. */
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

/** SHA-256 of the listing of the files by name: `sha256sum FILES | sha256sum`. It changes with any byte and with any added or removed file. */
export const contentDigest = (files: readonly FileDigest[]): Promise<string> =>
  sha256Of(new TextEncoder().encode(listingOf(files)));
