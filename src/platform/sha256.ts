/** SHA-256 of streams, of bytes and of lists of files. WebCrypto hashes only what is in memory as a whole, and only on pages that are served securely. */
import { createSHA256 } from 'hash-wasm';
import type { ByteSource } from './byte-source.ts';
import { breather } from './next-task.ts';

export interface Hasher {
  update(bytes: Uint8Array): void;
  /** 64 hexadecimal digits. Ends the hash. */
  digest(): string;
}

export async function createHasher(): Promise<Hasher> {
  const hash = await createSHA256();
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
}

const READ_BYTES = 4_000_000;

/** Feeds bytes `begin` to `end` of a file. Messages are handled between its parts. */
export async function hashRange(hasher: Hasher, source: ByteSource, begin: number, end: number): Promise<void> {
  const breathe = breather();
  for (let at = begin; at < end; at += READ_BYTES) {
    hasher.update(source.read(at, Math.min(at + READ_BYTES, end)));
    await breathe();
  }
}

/** As hubs write it in headers, with or without quotes; null when it is none. */
export const parseDigest = (text: string | null | undefined): string | null =>
  /^(?:W\/)?"?([0-9a-f]{64})"?$/.exec(text ?? '')?.[1] ?? null;

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

/** 64 hexadecimal digits. */
export async function sha256Of(bytes: Uint8Array): Promise<string> {
  const hasher = await createHasher();
  hasher.update(bytes);
  return hasher.digest();
}

/** SHA-256 of the listing of the files by name: `sha256sum FILES | sha256sum`. It changes with any byte and with any added or removed file. */
export const contentDigest = (files: readonly FileDigest[]): Promise<string> =>
  sha256Of(new TextEncoder().encode(listingOf(files)));
