import { describe, expect, it, vi } from 'vitest';
import type { JobOptions, openDataset, OpenedDataset } from '../../data/dataset/dataset-client.ts';
import { planRecords, type DatasetPlan } from '../../data/dataset/plan.ts';
import { planFolders } from '../../data/dataset/test-plans.ts';
import type { ReadingChoice } from '../../data/formats/records.ts';
import { warning } from '../../data/files/problem.ts';
import { memoryStorage } from '../../data/stored/test-storage.ts';
import { squareGeometry } from '../../model/image-geometry.ts';
import { sourceOf } from './address-source.ts';
import { collectedFiles, createCollectStore, newestOfFew } from './collect-store.ts';
import { createDatasetStore } from './dataset-store.ts';
import { createStoredStore } from './stored-store.ts';
import { PATIENT } from '../../../tests/support/patient.ts';

const GEOMETRY = squareGeometry(8);

/** A store that takes up edits at once, and not when there were no more of them for a while. */
const storeOf = (start?: typeof openDataset) => createDatasetStore(start, 0);

/** A data set of three classes; every image has a colour of its own. */
function fake(perClass: number, hold?: Promise<void>) {
  const plan = planFolders(
    ['ant-hill', 'bee', 'cow'].flatMap((name) =>
      Array.from({ length: perClass }, (_, i) => ({ path: `set/${name}/${i}.png`, size: 100 })),
    ),
  );
  const prepare = vi.fn<OpenedDataset['prepare']>(async (records, size, _unique, options) => {
    await hold;
    options?.signal?.throwIfAborted();
    const pixels = new Uint8Array(records.length * size * size * 3);
    records.forEach((record, i) => pixels.fill(record % 256, i * size * size * 3, (i + 1) * size * size * 3));
    return {
      pixels,
      records: Int32Array.from(records),
      groups: Int32Array.from(records.keys()),
      problems: [],
    };
  });
  const close = vi.fn();
  const opened: OpenedDataset = { plan, prepare, relabel: () => Promise.resolve(plan), close };
  const store = storeOf(() => Promise.resolve(opened));
  /** Without the previews. */
  const decodes = () => prepare.mock.calls.filter(([, , unique]) => unique).length;
  return { store, close, decodes };
}

/** Eight images of a class. */
const eight = (name: string) => Array.from({ length: 8 }, (_, i) => ({ path: `set/${name}/${i}.png`, size: 9 }));

/** A data set of which only some images can be decoded; all when absent. */
function opened(plan: DatasetPlan, good?: readonly number[]) {
  return {
    plan,
    prepare: (records: readonly number[], size: number) => {
      const kept = records.filter((record) => good?.includes(record) ?? true);
      return Promise.resolve({
        pixels: Uint8Array.from({ length: kept.length * size * size * 3 }, (_, i) => i % 251),
        records: Int32Array.from(kept),
        groups: Int32Array.from(kept.keys()),
        problems: [],
      });
    },
    relabel: () => Promise.resolve(plan),
    close: vi.fn<() => void>(),
  };
}

const settled = (store: ReturnType<typeof storeOf>, phase: string) =>
  vi.waitFor(() => expect(store.getState().phase).toBe(phase), PATIENT);

describe('the store of the reader’s images', () => {
  it('prepares few images at once and many when asked; edits of names decode nothing again', async () => {
    const few = fake(8);
    await few.store.open([], GEOMETRY);
    expect(few.store.getState()).toMatchObject({ phase: 'ready', name: 'set' });
    expect(few.store.getState().classes.map(({ name, count }) => [name, count])).toEqual([
      ['ant hill', 8],
      ['bee', 8],
      ['cow', 8],
    ]);
    const sides = { train: 5, validation: 1, test: 2 };
    expect(few.store.getState().used).toEqual(
      ['ant hill', 'bee', 'cow'].map((name) => ({ name, count: 8, bytes: null, sides })),
    );
    few.store.rename(2, 'bee');
    await settled(few.store, 'ready');
    expect(few.store.getState().dataset?.classes).toEqual(['ant hill', 'bee']);
    expect(few.store.getState().used.map(({ name, count }) => [name, count])).toEqual([
      ['ant hill', 8],
      ['bee', 16],
    ]);
    expect(few.decodes()).toBe(1);

    const many = fake(200);
    await many.store.open([], GEOMETRY);
    await vi.waitFor(() => expect(many.store.getState().previews?.ofClass[1]).toHaveLength(6), PATIENT);
    expect(many.store.getState()).toMatchObject({ phase: 'planned', limit: 600, dataset: null });
    expect(many.decodes()).toBe(0);
    await many.store.prepare();
    expect(many.store.getState().phase).toBe('ready');
    many.store.hold({ test: 0.5, validation: 0.1 });
    await settled(many.store, 'ready');
    expect(many.store.getState().dataset?.split.filter((side) => side === 2)).toHaveLength(300);
    expect(many.decodes()).toBe(1);
    many.store.rename(0, null);
    await settled(many.store, 'planned');
    await vi.waitFor(() => expect(many.store.getState().limit).toBe(400), PATIENT);
  });

  it('goes back to the plan when preparing is cancelled, and to what was there when listing is', async () => {
    const { store, close } = fake(200, new Promise(() => {}));
    await store.open([], GEOMETRY);
    void store.prepare();
    expect(store.getState().phase).toBe('preparing');
    store.cancel();
    const before = store.getState();
    expect(before.phase).toBe('planned');
    void store.open(new Promise(() => {}), GEOMETRY);
    expect(store.getState().phase).toBe('listing');
    store.cancel();
    expect(store.getState()).toMatchObject({ ...before, refused: null });
    expect(close).not.toHaveBeenCalled();
    store.clear();
    expect(close).toHaveBeenCalledOnce();
  });

  it.each([
    ['a text file', () => planFolders([{ path: 'notes.txt', size: 9 }]), /no images in what was dropped/],
    ['an empty folder', () => planFolders([{ path: 'empty/', size: 0 }]), /no images in what was dropped/],
    ['one class', () => planFolders(eight('only')), /only one class, “only”/],
    ['a file that cannot be reached', () => Promise.reject(new Error('There is no such file.')), /no such file/],
  ])('keeps everything as it is when %s cannot be taken', async (_, listed, why) => {
    const good = opened(planFolders([...eight('ant'), ...eight('bee')]));
    const bad = vi.fn();
    const opening = vi
      .fn<typeof openDataset>()
      .mockResolvedValueOnce(good)
      .mockImplementationOnce(async () => ({ ...opened(await listed()), close: bad }));
    const store = storeOf(opening);
    expect(await store.open([{ path: 'set/x', size: 1, blob: null }], GEOMETRY)).toBe(true);
    const before = store.getState();
    expect(before).toMatchObject({ phase: 'ready', refused: null });
    const blob = new Blob(['?']);
    expect(await store.open([{ path: 'mine/notes.txt', size: 1, blob }], GEOMETRY)).toBe(false);
    const { refused, ...after } = store.getState();
    expect({ ...after, refused: null, previews: null }).toEqual({ ...before, previews: null });
    expect(refused?.what).toBe('mine');
    expect(refused?.problems.map(({ message }) => message).join()).toMatch(why);
    expect(good.close).not.toHaveBeenCalled();
    // and it is still the data set that edits change
    store.rename(0, 'nest');
    await settled(store, 'ready');
    expect(store.getState().dataset?.classes).toEqual(['nest', 'bee']);
    store.dismiss();
    expect(store.getState().refused).toBeNull();
  });

  it('keeps everything as it is when none of few images can be decoded', async () => {
    const good = opened(planFolders([...eight('ant'), ...eight('bee')]));
    const broken = opened(planFolders([...eight('cow'), ...eight('dog')]), []);
    const opening = vi.fn<typeof openDataset>().mockResolvedValueOnce(good).mockResolvedValueOnce(broken);
    const store = storeOf(opening);
    await store.open([], GEOMETRY);
    expect(await store.open([], GEOMETRY)).toBe(false);
    expect(
      store
        .getState()
        .refused?.problems.map(({ message }) => message)
        .join(),
    ).toMatch(/could be decoded/);
    expect(store.getState()).toMatchObject({ phase: 'ready', dataset: { classes: ['ant', 'bee'] } });
    expect(broken.close).toHaveBeenCalledOnce();
    expect(good.close).not.toHaveBeenCalled();
  });

  describe('of which one comes while another is being opened', () => {
    const good = planFolders([...eight('ant'), ...eight('bee')]);
    const bad = planFolders([{ path: 'notes.txt', size: 9 }]);
    const file = (path: string) => [{ path, size: 1, blob: new Blob(['?']) }];

    /** A store in which every opening waits for its turn: the plan that it then has, and for its images, `decoded`. */
    function waitingStore() {
      const openings: { readonly give: (plan: DatasetPlan) => void; readonly close: () => void }[] = [];
      let decodes = (): void => {};
      const decoded = new Promise<void>((resolve) => (decodes = resolve));
      const store = storeOf(
        () =>
          new Promise((resolve) => {
            const close = vi.fn<() => void>();
            const give = (plan: DatasetPlan) => {
              const ready = opened(plan);
              resolve({
                ...ready,
                close,
                prepare: async (records, size, _unique, options) => {
                  await decoded;
                  options?.signal?.throwIfAborted();
                  return ready.prepare(records, size);
                },
              });
            };
            openings.push({ give, close });
          }),
      );
      return { store, openings, decodes: () => decodes() };
    }
    const opens = async (openings: readonly unknown[], count: number) =>
      vi.waitFor(() => expect(openings).toHaveLength(count), PATIENT);

    it('goes on with the one that is listed when the one after it is refused', async () => {
      const { store, openings, decodes } = waitingStore();
      const first = store.open(file('first/x'), GEOMETRY);
      await opens(openings, 1);
      const second = store.open(file('second/x'), GEOMETRY);
      await opens(openings, 2);
      openings[1].give(bad);
      expect(await second).toBe(false);
      expect(store.getState()).toMatchObject({ phase: 'listing', refused: { what: 'second' } });
      await opens(openings, 3);
      openings[2].give(good);
      decodes();
      expect(await first).toBe(true);
      expect(store.getState()).toMatchObject({ phase: 'ready', refused: { what: 'second' } });
    });

    it('goes on with the one that is prepared when the one after it is refused', async () => {
      const { store, openings, decodes } = waitingStore();
      const first = store.open(file('first/x'), GEOMETRY);
      await opens(openings, 1);
      openings[0].give(good);
      await settled(store, 'preparing');
      const second = store.open(file('second/x'), GEOMETRY);
      await opens(openings, 2);
      openings[1].give(bad);
      expect(await second).toBe(false);
      await settled(store, 'preparing');
      expect(openings[0].close).not.toHaveBeenCalled();
      decodes();
      expect(await first).toBe(true);
      expect(store.getState()).toMatchObject({ phase: 'ready', name: 'set', refused: { what: 'second' } });
    });

    it('goes back one by one when they are cancelled, and leaves all of them when one is accepted', async () => {
      const { store, openings, decodes } = waitingStore();
      decodes();
      const zeroth = store.open(file('zeroth/x'), GEOMETRY);
      await opens(openings, 1);
      openings[0].give(good);
      expect(await zeroth).toBe(true);
      const before = store.getState();
      const first = store.open(file('first/x'), GEOMETRY);
      const second = store.open(file('second/x'), GEOMETRY);
      store.cancel();
      expect(await second).toBe(false);
      expect(store.getState().phase).toBe('listing');
      store.cancel();
      expect(await first).toBe(false);
      expect(store.getState()).toMatchObject({ phase: 'ready', dataset: before.dataset });

      const third = store.open(file('third/x'), GEOMETRY);
      await vi.waitFor(() => expect(openings.length).toBeGreaterThan(1), PATIENT);
      const count = openings.length;
      const fourth = store.open(file('fourth/x'), GEOMETRY);
      await opens(openings, count + 1);
      openings[count].give(planFolders([...eight('cow'), ...eight('dog')]));
      expect(await Promise.all([third, fourth])).toEqual([false, true]);
      expect(store.getState().dataset?.classes).toEqual(['cow', 'dog']);
      expect(openings[0].close).toHaveBeenCalledOnce();
    });
  });

  it('goes on preparing many images when what comes meanwhile is refused', async () => {
    let decodes = (): void => {};
    const hold = new Promise<void>((resolve) => (decodes = resolve));
    const { store } = fake(200, hold);
    await store.open([], GEOMETRY);
    void store.prepare();
    expect(store.getState().phase).toBe('preparing');
    expect(await store.open(Promise.reject(new Error('This folder cannot be read.')), GEOMETRY)).toBe(false);
    await settled(store, 'preparing');
    decodes();
    await settled(store, 'ready');
    expect(store.getState().refused?.problems[0].message).toBe('This folder cannot be read.');
  });

  it('asks before it decodes when table and folders disagree', async () => {
    const readings = { options: [], chosen: 'folders', inDoubt: true } as const;
    const doubtful = { ...planFolders([...eight('part1'), ...eight('part2')]), readings };
    const relabel = vi.fn<OpenedDataset['relabel']>((choice) =>
      Promise.resolve({ ...doubtful, readings: { ...readings, chosen: choice.reading ?? 'folders', inDoubt: false } }),
    );
    const store = storeOf(() => Promise.resolve({ ...opened(doubtful), relabel }));
    expect(await store.open([], GEOMETRY)).toBe(true);
    expect(store.getState()).toMatchObject({ phase: 'planned', dataset: null, readings });
    await store.relabel({ reading: 'table' });
    expect(relabel).toHaveBeenCalledWith({ reading: 'table', labelColumn: null }, expect.anything());
    expect(store.getState()).toMatchObject({ phase: 'ready', readings: { chosen: 'table', inDoubt: false } });
    await store.relabel({ labelColumn: 'breed' });
    expect(relabel).toHaveBeenLastCalledWith({ labelColumn: 'breed', reading: 'table' }, expect.anything());
  });

  it('keeps what the reader chose and named when something else is chosen', async () => {
    const LABELS = { label: ['tabby_cat', 'dog'], breed: ['siam', 'collie'] } as const;
    const table = ({ labelColumn, domainColumn = null }: ReadingChoice) => {
      const column = labelColumn === 'breed' ? 'breed' : 'label';
      const records = Array.from({ length: 32 }, (_, i) => ({
        path: `${i}.png`,
        side: null,
        className: LABELS[column][i % 2],
        ...(domainColumn && { domain: ['meadow', 'house'][(i >> 1) % 2] }),
      }));
      const columns = ['label', 'breed', 'place'].map((name) => ({ name, distinct: 2, examples: [] }));
      const list = { layout: 'table', name: 'pets', records, columns, labelColumn: column, problems: [] } as const;
      return planRecords({ ...list, domainColumn });
    };
    const relabel = vi.fn<OpenedDataset['relabel']>((choice) => Promise.resolve(table(choice)));
    const store = storeOf(() => Promise.resolve({ ...opened(table({})), relabel }));
    await store.open([], GEOMETRY);
    store.rename(
      store.getState().classes.findIndex(({ found }) => found === 'tabby_cat'),
      'Katze',
    );
    store.rename(
      store.getState().classes.findIndex(({ found }) => found === 'dog'),
      null,
    );
    await store.relabel({ domainColumn: 'place' });
    const named = () => store.getState().classes.map(({ found, name }) => [found, name]);
    expect(named()).toEqual([
      ['dog', null],
      ['tabby_cat', 'Katze'],
    ]);
    store.holdOut('house', true);
    await store.relabel({ labelColumn: 'breed' });
    expect(store.getState()).toMatchObject({ labelColumn: 'breed', domainColumn: 'place', heldOut: ['house'] });
    expect(named()).toEqual([
      ['collie', 'collie'],
      ['siam', 'siam'],
    ]);
    await store.relabel({ domainColumn: null });
    expect(store.getState()).toMatchObject({ labelColumn: 'breed', domainColumn: null, heldOut: [] });
    await store.relabel({ labelColumn: 'label' });
    expect(relabel).toHaveBeenLastCalledWith(
      expect.objectContaining({ labelColumn: 'label', domainColumn: null }),
      expect.anything(),
    );
  });

  it('knows which sides the shares fill, and follows the classes that are used', async () => {
    const sided = (name: string, side: string, count: number) =>
      Array.from({ length: count }, (_, i) => ({ path: `${side}/${name}/${i}.png`, size: 9 }));
    const files = ['ant', 'bee', 'cow'].flatMap((name) => [
      ...sided(name, 'train', 8),
      ...sided(name, 'val', 4),
      ...(name === 'cow' ? [] : sided(name, 'test', 5)),
    ]);
    const store = storeOf(() => Promise.resolve(opened(planFolders(files))));
    await store.open([], GEOMETRY);
    expect(store.getState().drawn).toEqual({ test: true, validation: false });
    store.rename(2, null);
    await settled(store, 'ready');
    expect(store.getState().drawn).toEqual({ test: false, validation: false });
  });

  it('fits another backbone', async () => {
    const { store } = fake(8);
    await store.open([], GEOMETRY);
    store.fit(squareGeometry(16));
    await settled(store, 'ready');
    await vi.waitFor(() => expect(store.getState().dataset?.imageSize).toBe(16), PATIENT);
  });

  it('keeps, opens, renames and deletes', async () => {
    const { store } = fake(8);
    const stored = createStoredStore(store, memoryStorage());
    await store.open([], GEOMETRY);
    store.rename(0, 'nest');
    await settled(store, 'ready');
    await stored.keep();
    const before = store.getState();
    expect(before).toMatchObject({ keptCurrent: true });
    const [{ id }] = stored.getState().entries ?? [];
    store.clear();
    expect(await stored.open(id, GEOMETRY)).toBe(true);
    expect(store.getState()).toMatchObject({ phase: 'ready', keptId: id, keptCurrent: true });
    expect(store.getState().dataset).toEqual(before.dataset);
    store.call('Farm');
    expect(store.getState().keptCurrent).toBe(false);
    await stored.keep();
    expect(stored.getState().entries?.map(({ info }) => info?.name)).toEqual(['Farm']);
    await stored.rename(store.getState().keptId ?? '', 'Meadow');
    expect(store.getState()).toMatchObject({ name: 'Meadow', keptCurrent: true });
    await stored.remove(store.getState().keptId ?? '');
    expect(stored.getState().entries).toEqual([]);
    expect(store.getState()).toMatchObject({ phase: 'ready', keptId: null, keptCurrent: false });
    expect(await stored.open('nothing', GEOMETRY)).toBe(false);
    expect(stored.getState().error?.()).toMatch(/no longer on the device/);
  });

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

  it('asks which of two levels of folders names the classes before it decodes anything', async () => {
    const files = ['art', 'photo'].flatMap((domain) =>
      ['ant', 'bee', 'cow'].flatMap((name) => eight(`${domain}/${name}`)),
    );
    const store = storeOf(() => Promise.resolve(opened(planFolders(files))));
    await store.open([], GEOMETRY);
    expect(store.getState()).toMatchObject({ phase: 'planned', readings: { chosen: 'inner', inDoubt: true } });
    await store.prepare();
    expect(store.getState()).toMatchObject({ phase: 'ready', readings: { inDoubt: false } });
  });

  it('tells when there is no room, and keeps what is on the page', async () => {
    const { store } = fake(8);
    const stored = createStoredStore(store, memoryStorage(100));
    await store.open([], GEOMETRY);
    await stored.keep();
    expect(stored.getState().keepError?.()).toMatch(/Keeping these images needs/);
    expect(store.getState()).toMatchObject({ phase: 'ready', keptId: null });
  });
});

describe('sourceOf', () => {
  const hub = 'https://hub.example';
  it.each([
    ['https://a.example/x/pets.zip', { kind: 'address', url: 'https://a.example/x/pets.zip' }],
    ['https://a.example/datasets/x/pets.zip', { kind: 'address', url: 'https://a.example/datasets/x/pets.zip' }],
    [
      'https://a.example/datasets/mnist/t10k.idx3-ubyte',
      { kind: 'address', url: 'https://a.example/datasets/mnist/t10k.idx3-ubyte' },
    ],
    ['https://a.example/datasets/x/train.json', { kind: 'address', url: 'https://a.example/datasets/x/train.json' }],
    ['https://a.example/datasets/x/pets', { kind: 'hub', id: 'x/pets', base: 'https://a.example' }],
    ['https://a.example/datasets/x/pets/viewer/a/b', { kind: 'hub', id: 'x/pets', base: 'https://a.example' }],
    [' x/pets ', { kind: 'hub', id: 'x/pets', base: hub }],
    ['x/pets@small', { kind: 'hub', id: 'x/pets', base: hub, config: 'small' }],
    ['two words', null],
  ])('%s', (text, expected) => {
    expect(sourceOf(text, hub)).toEqual(expected);
  });
});

describe('pictures gathered by hand', () => {
  it('become a folder per class, whatever the names are', () => {
    const collect = createCollectStore();
    const [first, second] = collect.getState().classes;
    collect.rename(first.id, '../a/b');
    collect.rename(second.id, ' ');
    collect.add([new Blob(['x'], { type: 'image/png' })]);
    collect.add([new Blob(['y'], { type: 'image/jpeg' }), new Blob(['z'])], second.id);
    collect.removeImage(second.id, collect.getState().classes[1].images[1].id);
    const paths = collectedFiles(collect.getState().classes).map(({ path }) => path);
    expect(paths).toEqual([
      expect.stringMatching(/^My pictures\/a b\/\d+\.png$/),
      expect.stringMatching(/^My pictures\/class 2\/\d+\.jpg$/),
    ]);
  });

  it('can be asked about while they are too few to learn from', () => {
    const store = createCollectStore();
    expect(newestOfFew(store.getState(), 3)).toBeNull();
    const [one, two, three] = ['1', '2', '3'].map((text) => new Blob([text]));
    store.bring([one]);
    store.bring([two], store.getState().classes[1].id);
    expect(newestOfFew(store.getState(), 3)).toBe(two);
    store.bring([three]);
    expect(newestOfFew(store.getState(), 3)).toBeNull();
  });

  it('are told of when the reader brings them, with what their class has then', () => {
    const collect = createCollectStore();
    const [first, second] = collect.getState().classes;
    collect.add([new Blob(['from the camera'])]);
    expect(collect.getState().brought).toBeNull();
    collect.bring([new Blob(['x']), new Blob(['y'])]);
    expect(collect.getState().brought).toMatchObject({ images: 2, to: { id: first.id, images: { length: 3 } } });
    collect.bring([new Blob(['z'])], second.id);
    expect(collect.getState().brought).toMatchObject({ images: 1, to: { id: second.id, images: { length: 1 } } });
  });

  it('are called by the first name that none of the others has, also where the reader gave none', () => {
    const collect = createCollectStore();
    const names = () => collect.getState().classes.map(({ name }) => name);
    collect.addClass();
    collect.removeClass(collect.getState().classes[1].id);
    collect.addClass();
    expect(names()).toEqual(['class 1', 'class 3', 'class 2']);
    const [first, second, third] = collect.getState().classes;
    collect.rename(first.id, ' ');
    collect.rename(second.id, '/class 1');
    collect.rename(third.id, '');
    for (const { id } of [first, second, third]) collect.add([new Blob(['x'])], id);
    const folders = collectedFiles(collect.getState().classes).map(({ path }) => path.split('/')[1]);
    expect(folders).toEqual(['class 2', 'class 1', 'class 3']);
    collect.addClass();
    expect(names().at(-1)).toBe('class 4');
  });

  it('shows the images of a study that goes on, and makes the same task of them', async () => {
    const { store } = fake(8);
    await store.open([], GEOMETRY);
    const { dataset } = store.getState();
    const fresh = storeOf();
    await fresh.restore(dataset!);
    const restored = fresh.getState();
    expect(restored).toMatchObject({ phase: 'ready', name: 'set', keptId: null, layout: null });
    expect(restored.classes.map(({ name, count }) => [name, count])).toEqual([
      ['ant hill', 8],
      ['bee', 8],
      ['cow', 8],
    ]);
    expect(restored.dataset).toEqual(dataset);
    await vi.waitFor(() => expect(fresh.getState().previews?.ofClass[2]).toHaveLength(6), PATIENT);
  });
});
