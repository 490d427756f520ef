import { expect, it } from 'vitest';
import type { ByteSource } from '../../platform/byte-source.ts';
import { createHasher, hashRange } from '../../platform/sha256.ts';
import type { ModelRef } from './model-id.ts';
import { openedFiles, remoteFiles } from './model-files.ts';
import { MODEL_WORDS } from './words.ts';

const LISTED = 'a'.repeat(64);
const ANSWERED = 'b'.repeat(64);
const HUB: ModelRef = { kind: 'hub', hub: 'https://hub.example', repo: 'some/model', revision: 'c'.repeat(40) };

/** The digest of a file whose first bytes are asked for. */
async function digestOf(headers: Record<string, string>, digests: ReadonlyMap<string, string>): Promise<string | null> {
  const files = remoteFiles(HUB, digests, {
    signal: new AbortController().signal,
    words: MODEL_WORDS,
    fetch: () => Promise.resolve(new Response('some bytes', { headers })),
  });
  return (await files.prefix('model.safetensors', 4))?.digest ?? null;
}

it('a digest is the one that the hub listed, else the one of its answer', async () => {
  const tagged = { 'x-linked-etag': `"${ANSWERED}"` };
  expect(await digestOf(tagged, new Map([['model.safetensors', LISTED]]))).toBe(LISTED);
  expect(await digestOf(tagged, new Map())).toBe(ANSWERED);
  expect(await digestOf({}, new Map())).toBeNull();
});

/** A file that takes its time, as a large one does. */
const SLOW: ByteSource = {
  size: 40_000_000,
  read() {
    const until = performance.now() + 20;
    while (performance.now() < until);
    return new Uint8Array(1);
  },
};

it('a folder is read in parts, between which an abort arrives', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('enough')));
  const files = openedFiles(() => SLOW, stop.signal);
  const all = files.stream('model.safetensors', 0, SLOW.size, null, () => Promise.resolve(true));
  await expect(all).rejects.toThrow('enough');
});

it('a file is hashed in parts, between which messages arrive', async () => {
  const hasher = await createHasher();
  let isHeard = false;
  setTimeout(() => void (isHeard = true));
  await hashRange(hasher, SLOW, 0, SLOW.size);
  expect(isHeard).toBe(true);
});
