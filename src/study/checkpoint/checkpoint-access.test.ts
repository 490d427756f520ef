import { expect, it } from 'vitest';
import { NothingKept } from '../../platform/origin-files.ts';
import { NO_NEWS } from '../../platform/tab-news.ts';
import { openCheckpoints, type StorageSurroundings } from './checkpoint-access.ts';
import { memoryLocks } from '../../platform/test-locks.ts';
import { memoryFiles } from './test-checkpoint-files.ts';

const denied = () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'));
const full = () =>
  Promise.reject(new DOMException('This device has no more room for this page.', 'QuotaExceededError'));
const whole = (): StorageSurroundings => ({
  files: memoryFiles(),
  locks: memoryLocks(),
  isSecureContext: true,
  news: NO_NEWS,
});

it('opens the store where files and locks are granted', async () => {
  expect(await openCheckpoints(whole())).toMatchObject({ store: {} });
});

it.each<[string, Partial<StorageSurroundings>, RegExp]>([
  ['locks that reject', { locks: { request: denied, query: denied } }, /keeps no data/],
  ['no locks', { locks: undefined }, /keeps no data/],
  ['files that reject', { files: { ...memoryFiles(), names: denied } }, /keeps no data/],
  [
    'no private file system',
    { files: { ...memoryFiles(), names: () => Promise.resolve().then(() => (undefined as never as () => never)()) } },
    /keeps no data/,
  ],
  [
    'files that cannot be written',
    { files: { ...memoryFiles(), names: () => Promise.reject(new NothingKept('This browser writes no files')) } },
    /writes no files/,
  ],
  ['a full device', { files: { ...memoryFiles(), names: full } }, /^This device has no more room for this page$/],
  ['http from another machine', { isSecureContext: false }, /not served over https/],
])('says why there is none: %s', async (_, lacking, reason) => {
  expect(await openCheckpoints({ ...whole(), ...lacking })).toEqual({
    refused: expect.stringMatching(reason) as string,
  });
});
