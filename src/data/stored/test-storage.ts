/** Data sets kept until the page is closed: for tests. */
import { gone, inOrder, noRoom, type DatasetStorage } from './storage.ts';
import type { StoredDataset } from './stored-dataset.ts';

/** @param room capacity in bytes */
export function memoryStorage(room = Infinity): DatasetStorage {
  const kept = new Map<string, StoredDataset>();
  const used = () => [...kept.values()].reduce((sum, { pixels }) => sum + pixels.length, 0);
  const find = (id: string): StoredDataset => {
    const found = kept.get(id);
    if (!found) throw gone();
    return found;
  };
  return {
    list: () =>
      Promise.resolve(
        inOrder([...kept.values()].map(({ info, pixels }) => ({ id: info.id, info, bytes: pixels.length }))),
      ),
    // as from a disk: a copy each time
    read: (id) => Promise.resolve().then(() => structuredClone(find(id))),
    write: (dataset) =>
      Promise.resolve().then(() => {
        const free = room - used() + (kept.get(dataset.info.id)?.pixels.length ?? 0);
        if (dataset.pixels.length > free) throw noRoom(dataset.pixels.length, free);
        kept.set(dataset.info.id, structuredClone(dataset));
      }),
    rename: (id, name) =>
      Promise.resolve().then(() => {
        const found = find(id);
        kept.set(id, { ...found, info: { ...found.info, name } });
      }),
    remove: (id) => Promise.resolve(void kept.delete(id)),
    follow: () => undefined,
    free: () => Promise.resolve(Number.isFinite(room) ? room - used() : null),
  };
}
