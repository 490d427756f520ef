/** A worker loads the German texts of all code that it runs: one that lacks some speaks two languages. */
import { afterEach, describe, expect, it, vi } from 'vitest';

interface Entry {
  readonly worker: () => Promise<unknown>;
  readonly german: () => Promise<object>;
}

const WORKERS: Readonly<Record<string, Entry>> = {
  adapters: {
    worker: () => import('../../src/model/hub/adapters/adapters.worker.ts'),
    german: async () => (await import('../../src/model/german.ts')).MODEL_DE,
  },
  models: {
    worker: () => import('../../src/model/hub/models.worker.ts'),
    german: async () => (await import('../../src/model/german.ts')).MODEL_DE,
  },
  'study file': {
    worker: () => import('../../src/share/study-file/study-file.worker.ts'),
    german: async () => (await import('../../src/share/study-file/german.ts')).STUDY_FILE_DE,
  },
  study: {
    worker: () => import('../../src/worker/worker.ts'),
    german: async () => (await import('../../src/worker/german.ts')).WORKER_DE,
  },
  dataset: {
    worker: () => import('../../src/data/dataset/dataset.worker.ts'),
    german: async () => (await import('../../src/data/dataset/german.ts')).DATASET_WORKER_DE,
  },
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.resetModules();
});

describe('the German of a worker', () => {
  it.each(Object.entries(WORKERS))('%s has every area of its code', async (_, { worker, german }) => {
    // Modules are loaded anew, so that the areas are those of this worker alone.
    vi.resetModules();
    vi.useFakeTimers();
    vi.stubGlobal('self', new EventTarget());
    vi.stubGlobal('location', new URL('https://example.org/assets/worker.js'));
    const { loadedAreas } = await import('../../src/core/language/catalogue.ts');
    await worker();
    const areas = [...loadedAreas().keys()];
    expect(areas).not.toEqual([]);
    const known = new Set(Object.keys(await german()));
    expect(areas.filter((area) => !known.has(area))).toEqual([]);
  });
});
