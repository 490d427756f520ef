import { describe, expect, it, vi } from 'vitest';
import type { JobOptions, OpenedDataset } from '../../data/dataset/dataset-client.ts';
import { planFolders } from '../../data/dataset/test-plans.ts';
import { warning } from '../../data/files/problem.ts';
import { memoryStorage } from '../../data/stored/test-storage.ts';
import { createStoredStore } from './stored-store.ts';
import { eight, GEOMETRY, opened, settled, storeOf } from './test-datasets.ts';
import { PATIENT } from '../../../tests/support/patient.ts';

describe('a domain that is only tested on', () => {
  it('holds a domain out, keeps it, restores it, and takes another data set in and out', async () => {
    const folder = (set: string, names: readonly string[]) =>
      ['art', 'photo'].flatMap((domain) =>
        names.flatMap((name) =>
          Array.from({ length: 8 }, (_, i) => ({ path: `${set}/${domain}/${name}/${i}.png`, size: 9 })),
        ),
      );
    const own = opened(planFolders(folder('pets', ['ant', 'bee', 'cow']), { reading: 'inner' }));
    const zoo = planFolders(folder('zoo', ['bee', 'cow', 'dodo']), { reading: 'inner' });
    const others = [
      opened({ ...zoo, fileProblems: [warning(null, 'Not all of its files are read.')] }),
      opened(planFolders(folder('plants', ['fern', 'moss', 'oak']), { reading: 'inner' })),
    ];
    const sources = [own, ...others];
    const store = storeOf(() => Promise.resolve(sources.shift()!));
    await store.open([], GEOMETRY);
    expect(store.getState()).toMatchObject({
      phase: 'ready',
      heldOut: [],
      layout: 'domains',
      domains: [
        { name: 'art', count: 24 },
        { name: 'photo', count: 24 },
      ],
    });
    const counts = () => store.getState().used.map(({ name, count, sides }) => [name, count, sides?.train]);
    expect(counts().map(([, count]) => count)).toEqual([16, 16, 16]);
    store.holdOut('photo', true);
    await settled(store, 'ready');
    // What is held out is in no class of the study.
    expect(counts()).toEqual([
      ['ant', 8, 5],
      ['bee', 8, 5],
      ['cow', 8, 5],
    ]);
    const lengths = () => store.getState().dataset!.others?.map(({ name, labels }) => [name, labels.length]);
    expect(store.getState().dataset!.labels).toHaveLength(24);
    expect(lengths()).toEqual([['photo', 24]]);
    expect(await store.addDomain([])).toBe(true);
    await settled(store, 'ready');
    expect(lengths()).toEqual([
      ['photo', 24],
      ['zoo', 32],
    ]);
    expect(store.getState().problems.map(({ message }) => message)).toEqual([
      '“zoo”: Not all of its files are read.',
      '“zoo” has 1 class that nothing is trained on; left out of it: dodo.',
      '“zoo” has no images of 1 class: ant.',
    ]);
    expect(await store.addDomain([])).toBe(false);
    expect(store.getState()).toMatchObject({ phase: 'ready', added: [{ name: 'zoo', images: 32 }], adding: null });
    expect(store.getState().notAdded?.problems[0].message).toMatch(/“plants” has no class of this data set/);
    expect(others[1].close).toHaveBeenCalledTimes(1);

    const stored = createStoredStore(store, memoryStorage());
    await stored.keep();
    const { dataset } = store.getState();
    const [{ id }] = stored.getState().entries ?? [];
    const fresh = storeOf();
    await fresh.restore(dataset!);
    expect(fresh.getState().dataset).toEqual(dataset);
    expect(fresh.getState()).toMatchObject({ phase: 'ready', heldOut: ['photo', 'zoo'] });

    store.removeDomain('zoo');
    await settled(store, 'ready');
    expect(lengths()).toEqual([['photo', 24]]);
    expect(others[0].close).toHaveBeenCalledTimes(1);
    store.rename(2, null);
    store.holdOut('photo', false);
    await settled(store, 'ready');
    expect([store.getState().dataset!.labels.length, lengths()]).toEqual([32, undefined]);
    expect(await stored.open(id, GEOMETRY)).toBe(true);
    expect(store.getState()).toMatchObject({ phase: 'ready', heldOut: ['photo', 'zoo'], dataset });
    expect(own.close).toHaveBeenCalledTimes(1);
  });

  it('shows how much of another data set has come; cancelled, and with a data set after it, nothing of it is left', async () => {
    const own = opened(planFolders(['ant', 'bee', 'cow'].flatMap(eight)));
    const asked: JobOptions[] = [];
    const store = storeOf((_, options = {}) => {
      asked.push(options);
      if (asked.length === 1) return Promise.resolve(own);
      if (asked.length === 4) return Promise.reject(new Error('Nothing is there.'));
      return new Promise((_resolve, reject) => {
        options.signal?.addEventListener('abort', () => reject(new Error('Cancelled.')));
      });
    });
    await store.open([], GEOMETRY);
    const address = { kind: 'address', url: 'https://a.example/zoo.zip' } as const;

    const first = store.addDomain(address);
    await vi.waitFor(() => expect(asked).toHaveLength(2), PATIENT);
    expect(store.getState().adding).toEqual({ done: 0, total: 0, waiting: null });
    asked[1].onProgress?.(5, 9);
    expect(store.getState().adding).toEqual({ done: 5, total: 9, waiting: null });
    store.cancelDomain();
    expect(await first).toBe(false);
    expect(store.getState()).toMatchObject({ phase: 'ready', adding: null, notAdded: null, added: [] });

    // A data set that is opened meanwhile, and refused: what was being added is not waited for for ever.
    const second = store.addDomain(address);
    await vi.waitFor(() => expect(asked).toHaveLength(3), PATIENT);
    expect(await store.open(address, GEOMETRY)).toBe(false);
    expect(await second).toBe(false);
    expect(store.getState()).toMatchObject({ adding: null, notAdded: null, added: [] });
    expect(store.getState().refused?.problems[0].message).toBe('Nothing is there.');
  });

  it('waits for no data set that came while another drop was refused', async () => {
    const given = opened(planFolders([...eight('ant'), ...eight('bee')]));
    const waiting: ((opened: OpenedDataset) => void)[] = [];
    const open = () => new Promise<OpenedDataset>((resolve) => waiting.push(resolve));
    let start: () => Promise<OpenedDataset> = () => Promise.resolve(given);
    const store = storeOf(() => start());
    await store.open([], GEOMETRY);
    start = open;
    const adding = store.addDomain([]);
    await vi.waitFor(() => expect(waiting).toHaveLength(1), PATIENT);
    const dropping = store.open([], GEOMETRY);
    await vi.waitFor(() => expect(waiting).toHaveLength(2), PATIENT);
    const [domain, drop] = waiting;
    const other = opened(planFolders([...eight('ant'), ...eight('bee')]));
    domain(other);
    expect(await adding).toBe(false);
    expect(other.close).toHaveBeenCalledOnce();
    drop(opened(planFolders([{ path: 'notes.txt', size: 9 }])));
    expect(await dropping).toBe(false);
    expect(store.getState()).toMatchObject({ phase: 'ready', adding: null });
    start = () => Promise.resolve(other);
    expect(await store.addDomain([])).toBe(true);
  });
});
