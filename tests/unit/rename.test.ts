/** A rename on Windows, where whatever has a file open stands in its way. */
import { afterEach, expect, it, vi } from 'vitest';
import { renamed } from '../../src/platform/rename-node.ts';

afterEach(() => vi.useRealTimers());

/** A system that refuses as many renames as there are codes. @returns what came of it, and the tries it took */
async function tried(...codes: readonly string[]) {
  vi.useFakeTimers();
  const refused = codes.map((code) => Object.assign(new Error(`${code}: rename`), { code }));
  const move = vi.fn(() => (refused.length > 0 ? Promise.reject(refused.shift() as Error) : Promise.resolve()));
  const end = renamed('from', 'to', move).then(
    () => 'moved',
    (error: Error) => error.message,
  );
  await vi.runAllTimersAsync();
  return { end: await end, tries: move.mock.calls.length };
}

it('a rename that something stands in the way of for a moment is tried again', async () => {
  expect(await tried()).toEqual({ end: 'moved', tries: 1 });
  expect(await tried('EPERM', 'EBUSY', 'EACCES')).toEqual({ end: 'moved', tries: 4 });
});

it('a rename that fails for a second, or for another reason, fails', async () => {
  expect(await tried(...Array<string>(20).fill('EPERM'))).toEqual({ end: 'EPERM: rename', tries: 8 });
  expect(await tried('ENOENT')).toEqual({ end: 'ENOENT: rename', tries: 1 });
});
