/** A store of the browser that keeps its values in memory, for tests. */
import type { UseStore } from '../platform/indexed-db.ts';

export function storeInMemory(): { readonly kept: Map<string, unknown>; readonly use: UseStore } {
  const kept = new Map<string, unknown>();
  const store = {
    get: (key: string) => kept.get(key),
    put: (value: { readonly key: string }) => kept.set(value.key, value),
    delete: (key: string) => kept.delete(key),
  };
  const use = ((_mode: string, work: (on: typeof store) => unknown) =>
    Promise.resolve(work(store))) as unknown as UseStore;
  return { kept, use };
}
