import { expect, it } from 'vitest';
import type { ModelRef } from './model-id.ts';
import { remoteFiles } from './model-files.ts';
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
