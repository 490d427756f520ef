import { expect, it, vi } from 'vitest';
import { PATIENT } from '../../../tests/support/patient.ts';
import type { OpenedDataset } from '../../data/dataset/dataset-client.ts';
import { planFolders } from '../../data/dataset/test-plans.ts';
import { memoryStorage } from '../../data/stored/test-storage.ts';
import { squareGeometry } from '../../model/image-geometry.ts';
import { NothingKept } from '../../platform/origin-files.ts';
import { createDatasetStore } from './dataset-store.ts';
import { createStoredStore, type StoredStore } from './stored-store.ts';

const failing = (cause?: Error) => ({
  ...memoryStorage(),
  list: () => Promise.reject(new Error('Data sets cannot be kept.', { cause })),
});

it('tells a browser that keeps no data sets from one that failed to list them', async () => {
  const [refusing, failed] = [failing(new NothingKept('why')), failing()].map((storage) =>
    createStoredStore(createDatasetStore(), storage),
  );
  await Promise.all([refusing.refresh(), failed.refresh()]);
  const told = ({ getState }: StoredStore) => {
    const { entries, refused, error } = getState();
    return { entries, refused: refused?.(), error: error?.() };
  };
  expect(told(refusing)).toEqual({ entries: [], refused: 'Data sets cannot be kept.', error: undefined });
  expect(told(failed)).toEqual({ entries: [], refused: undefined, error: 'Data sets cannot be kept.' });
});

/** Images of two classes in each of two domains, whose every pixel has a value of its own. */
function opened(): OpenedDataset {
  const folders = ['art', 'photo'].flatMap((domain) => ['ant', 'bee'].map((name) => `${domain}/${name}`));
  const plan = planFolders(
    folders.flatMap((folder) => Array.from({ length: 6 }, (_, i) => ({ path: `${folder}/${i}.png`, size: 9 }))),
    { reading: 'inner' },
  );
  return {
    plan,
    prepare: (records, size) =>
      Promise.resolve({
        pixels: Uint8Array.from(
          { length: records.length * size * size * 3 },
          (_, i) => (records[Math.floor(i / (size * size * 3))] * 31 + i * 7 + size) % 251,
        ),
        records: Int32Array.from(records),
        groups: Int32Array.from(records.keys()),
        problems: [],
      }),
    relabel: () => Promise.reject(new Error('no other reading')),
    close: () => {},
  };
}

/** A data set on the page and those on the device. */
function stores(storage = memoryStorage()) {
  const dataset = createDatasetStore(() => Promise.resolve(opened()), 0);
  const stored = createStoredStore(dataset, storage);
  const ready = (imageSize: number) =>
    vi.waitFor(() => expect(dataset.getState()).toMatchObject({ phase: 'ready', dataset: { imageSize } }), PATIENT);
  const kept = async () => {
    const entries = await storage.list();
    return Promise.all(entries.map(({ id }) => storage.read(id)));
  };
  return { dataset, stored, ready, kept };
}

it('keeps images as large as they were beside a backbone with a smaller input, with what was changed', async () => {
  const { dataset, stored, ready, kept } = stores();
  await dataset.open([], squareGeometry(16));
  dataset.holdOut('art', true);
  await ready(16);
  await stored.keep();
  const { others } = dataset.getState().dataset!;
  const [{ pixels }] = await kept();
  dataset.fit(squareGeometry(8));
  await ready(8);
  expect(dataset.getState().keptCurrent).toBe(true);
  dataset.rename(0, 'nest');
  expect(dataset.getState().keptCurrent).toBe(false);
  await ready(8);
  await stored.keep();
  expect(dataset.getState()).toMatchObject({ keptCurrent: true, dataset: { imageSize: 8 } });
  const copies = await kept();
  expect(copies).toHaveLength(1);
  expect(copies[0]).toMatchObject({ info: { imageSize: 16 }, contents: { edits: { names: ['nest', 'bee'] } } });
  expect(copies[0].pixels).toEqual(pixels);
  await stored.open(copies[0].info.id, squareGeometry(16));
  await ready(16);
  expect(dataset.getState()).toMatchObject({ heldOut: ['art'], dataset: { others } });
});

it.each([8, 32])('keeps images that are opened from the device as they are, for an input of %i too', async (input) => {
  const { dataset, stored, ready, kept } = stores();
  await dataset.open([], squareGeometry(16));
  await stored.keep();
  const [{ pixels, info }] = await kept();
  await stored.open(info.id, squareGeometry(input));
  await ready(input);
  expect(dataset.getState().keptCurrent).toBe(true);
  dataset.rename(1, 'wasp');
  await ready(input);
  await stored.keep();
  const copies = await kept();
  expect(copies).toHaveLength(1);
  expect(copies[0]).toMatchObject({ info: { imageSize: 16 }, contents: { edits: { names: ['ant', 'wasp'] } } });
  expect(copies[0].pixels).toEqual(pixels);
});

it('replaces a copy by larger images of the same files beside a backbone with a larger input', async () => {
  const { dataset, stored, ready, kept } = stores();
  await dataset.open([], squareGeometry(8));
  await stored.keep();
  expect(dataset.getState()).toMatchObject({ keptCurrent: true, keptSmaller: false });
  dataset.fit(squareGeometry(16));
  await ready(16);
  expect(dataset.getState()).toMatchObject({ keptCurrent: true, keptSmaller: true });
  dataset.fit(squareGeometry(8));
  await ready(8);
  expect(dataset.getState()).toMatchObject({ keptCurrent: true, keptSmaller: false });
  dataset.fit(squareGeometry(16));
  await ready(16);
  await stored.keep();
  expect(dataset.getState()).toMatchObject({ keptCurrent: true, keptSmaller: false });
  expect(await kept()).toMatchObject([{ info: { imageSize: 16 } }]);
});

it('replaces the copy of images that were edited while it was written', async () => {
  const storage = memoryStorage();
  /** Writing waits until it is let go on. */
  const writing: (() => void)[] = [];
  const goOn = () => vi.waitFor(() => (writing.shift() ?? expect.fail())(), PATIENT);
  const { dataset, stored, ready, kept } = stores({
    ...storage,
    write: async (copy) => {
      await new Promise<void>((resolve) => writing.push(resolve));
      await storage.write(copy);
    },
  });
  await dataset.open([], squareGeometry(8));
  const keeping = stored.keep();
  dataset.rename(0, 'nest');
  await ready(8);
  await goOn();
  await keeping;
  const [{ info }] = await kept();
  expect(dataset.getState()).toMatchObject({ keptId: info.id, keptCurrent: false });
  const changed = stored.keep();
  await goOn();
  await changed;
  expect(await kept()).toMatchObject([{ contents: { edits: { names: ['nest', 'bee'] } } }]);
  dataset.rename(0, 'hill');
  await ready(8);
  const again = stored.keep();
  await dataset.open([], squareGeometry(8));
  await goOn();
  await again;
  expect(dataset.getState()).toMatchObject({ keptId: null, keptCurrent: false });
  expect(await kept()).toHaveLength(1);
});

it('does not say of images that they are kept once another tab has deleted their copy', async () => {
  let tell = (): void => undefined;
  const storage = { ...memoryStorage(), follow: (changed: () => void) => void (tell = changed) };
  const { dataset, stored, ready, kept } = stores(storage);
  await dataset.open([], squareGeometry(8));
  dataset.rename(0, 'nest');
  expect(dataset.getState().isEdited).toBe(true);
  await ready(8);
  await stored.keep();
  await stored.refresh();
  const { keptId } = dataset.getState();
  expect(dataset.getState()).toMatchObject({ keptCurrent: true, isEdited: false });
  await storage.remove(keptId!);
  tell();
  await vi.waitFor(() => expect(dataset.getState()).toMatchObject({ keptId: null, keptCurrent: false }), PATIENT);
  expect(stored.getState().entries).toEqual([]);
  // It can be kept again.
  await stored.keep();
  expect(await kept()).toMatchObject([{ contents: { edits: { names: ['nest', 'bee'] } } }]);
});

it('calls images as their copy is called once another tab has renamed that, and keeps what was changed', async () => {
  let tell = (): void => undefined;
  const storage = { ...memoryStorage(), follow: (changed: () => void) => void (tell = changed) };
  const { dataset, stored, ready } = stores(storage);
  await dataset.open([], squareGeometry(8));
  await ready(8);
  await stored.keep();
  const { keptId } = dataset.getState();
  await storage.rename(keptId!, 'insects');
  tell();
  await vi.waitFor(
    () =>
      expect(dataset.getState()).toMatchObject({ name: 'insects', keptCurrent: true, dataset: { name: 'insects' } }),
    PATIENT,
  );
  dataset.rename(0, 'nest');
  await ready(8);
  await storage.rename(keptId!, 'six legs');
  tell();
  await vi.waitFor(
    () => expect(dataset.getState()).toMatchObject({ name: 'six legs', keptCurrent: false, isEdited: true }),
    PATIENT,
  );
  expect(dataset.getState().classes[0].name).toBe('nest');
});
