import { describe, expect, it, vi } from 'vitest';
import type { openDataset, OpenedDataset } from '../../data/dataset/dataset-client.ts';
import { planRecords, type DatasetPlan } from '../../data/dataset/plan.ts';
import { planFolders } from '../../data/dataset/test-plans.ts';
import type { ReadingChoice } from '../../data/formats/records.ts';
import { memoryStorage } from '../../data/stored/test-storage.ts';
import { squareGeometry } from '../../model/image-geometry.ts';
import { createStoredStore } from './stored-store.ts';
import { eight, fake, GEOMETRY, opened, settled, storeOf } from './test-datasets.ts';
import { PATIENT } from '../../../tests/support/patient.ts';

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
