/** Streaming SHA-256, because WebCrypto hashes only data that is in memory as a whole. */
import { createSHA256 } from 'hash-wasm';
import type { ByteSource } from '../byte-source.ts';

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

/** Feeds bytes `begin` to `end` of a file. */
export function hashRange(hasher: Hasher, source: ByteSource, begin: number, end: number): void {
  for (let at = begin; at < end; at += READ_BYTES) hasher.update(source.read(at, Math.min(at + READ_BYTES, end)));
}

/** As hubs write it in headers, with or without quotes; null when it is none. */
export const parseDigest = (text: string | null | undefined): string | null =>
  /^(?:W\/)?"?([0-9a-f]{64})"?$/.exec(text ?? '')?.[1] ?? null;
