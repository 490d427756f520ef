/** A worker hears the language of the page and loads the German texts of all code that it runs: one that lacks some speaks two languages. */
import { afterEach, describe, expect, it, vi } from 'vitest';

interface Entry {
  readonly worker: () => Promise<unknown>;
  readonly german: () => Promise<object>;
}

const WORKERS: Readonly<Record<string, Entry>> = {
  adapters: {
    worker: () => import('../../src/model/hub/adapters/adapters.worker.ts'),
    german: async () => (await import('../../src/model/hub/german.ts')).HUB_WORKER_DE,
  },
  embedding: {
    worker: () => import('../../src/state/embedding/tsne.worker.ts'),
    german: async () => (await import('../../src/state/embedding/german.ts')).EMBEDDING_WORKER_DE,
  },
  links: {
    worker: () => import('../../src/state/page/links.worker.ts'),
    german: async () => (await import('../../src/state/page/german.ts')).LINKS_WORKER_DE,
  },
  models: {
    worker: () => import('../../src/model/hub/models.worker.ts'),
    german: async () => (await import('../../src/model/hub/german.ts')).HUB_WORKER_DE,
  },
  'study file': {
    worker: () => import('../../src/share/study-file/study-file.worker.ts'),
    german: async () => (await import('../../src/share/study-file/german.ts')).STUDY_FILE_DE,
  },
  pictures: {
    worker: () => import('../../src/state/pictures/pictures.worker.ts'),
    german: async () => (await import('../../src/state/pictures/german.ts')).PICTURES_WORKER_DE,
  },
  'files of a study': {
    worker: () => import('../../src/state/pictures/bundled-files.worker.ts'),
    german: async () => (await import('../../src/state/pictures/german.ts')).PICTURES_WORKER_DE,
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

describe('the language of a worker', () => {
  it.each(Object.entries(WORKERS))('%s has every area of its code in German', async (_, { worker, german }) => {
    // Modules are loaded anew, so that the areas are those of this worker alone.
    vi.resetModules();
    vi.useFakeTimers();
    vi.stubGlobal('self', new EventTarget());
    vi.stubGlobal('location', new URL('https://example.org/assets/worker.js'));
    const { loadedAreas } = await import('../../src/core/language/catalogue.ts');
    await worker();
    const areas = [...loadedAreas().keys()];
    const known = new Set(Object.keys(await german()));
    expect(areas.length > 0).toBe(known.size > 0);
    expect(areas.filter((area) => !known.has(area))).toEqual([]);
  });

  it.each(Object.entries(WORKERS))('%s does not take the language of the page for a request', async (_, { worker }) => {
    vi.resetModules();
    vi.useFakeTimers();
    const scope = new EventTarget();
    vi.stubGlobal('self', scope);
    vi.stubGlobal('location', new URL('https://example.org/assets/worker.js'));
    await worker();
    const asked = vi.fn();
    scope.addEventListener('message', asked);
    scope.dispatchEvent(new MessageEvent('message', { data: { copraLanguage: 'de' } }));
    expect(asked).not.toHaveBeenCalled();
  });
});
