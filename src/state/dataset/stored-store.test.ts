import { expect, it } from 'vitest';
import { memoryStorage } from '../../data/stored/test-storage.ts';
import { NothingKept } from '../../platform/origin-files.ts';
import { createDatasetStore } from './dataset-store.ts';
import { createStoredStore } from './stored-store.ts';

const failing = (cause?: Error) => ({
  ...memoryStorage(),
  list: () => Promise.reject(new Error('Data sets cannot be kept.', { cause })),
});

it('tells a browser that keeps no data sets from one that failed to list them', async () => {
  const [refusing, failed] = [failing(new NothingKept('why')), failing()].map((storage) =>
    createStoredStore(createDatasetStore(), storage),
  );
  await Promise.all([refusing.refresh(), failed.refresh()]);
  expect(refusing.getState()).toMatchObject({ entries: [], refused: 'Data sets cannot be kept.', error: null });
  expect(failed.getState()).toMatchObject({ entries: [], refused: null, error: 'Data sets cannot be kept.' });
});
