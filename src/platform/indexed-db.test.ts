import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { objectStore } from './indexed-db.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a database that never answers counts as one that keeps nothing', async () => {
  const mute = { open: () => ({}) } as unknown as IDBFactory;
  const asked = objectStore(mute, 'a database', 'a store')('readonly', (store) => store.get('a key'));
  const refused = expect(asked).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(10_000);
  await refused;
});
