import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { BUNDLED_BACKBONES } from '../../model/bundled-backbones.ts';
import { writeManifest, type ModelManifest } from '../../model/hub/manifest.ts';
import { diskStorage } from '../../model/hub/storage-node.ts';
import { folderOf } from '../../model/hub/storage.ts';
import { answering } from '../../worker/test-answers.ts';
import { BACKBONES, backboneOf, findBackbone, usableBackbones } from './backbones.ts';
import { keptAs } from './curated-backbones.ts';
import { findModel, foreignWeights } from './dropped-model.ts';
import { models as german } from './messages.de.ts';
import { createModelsStore } from './models-store.ts';
import type { TabNews } from '../../platform/tab-news.ts';
import { neighbours } from '../../platform/test-tab-news.ts';
import { PATIENT } from '../../../tests/support/patient.ts';

const vision = { layers: 3, width: 48, mlpWidth: 192, heads: 3, tokens: 17, imageSize: 32, patchSize: 8 };
const manifest: ModelManifest = {
  version: 1,
  id: 'owner/vit@abc',
  source: 'https://hub.example/owner/vit/tree/abc',
  licence: 'mit',
  facts: { family: 'ViT', vision, text: null, parameters: 1000 },
  files: [{ name: 'config.json', bytes: 2 }],
};
/** Without an engine, unless one is given. */
const openStore = (given: Partial<Parameters<typeof createModelsStore>[0]>) =>
  createModelsStore({ client: { ...answering({}), limitMemory: () => undefined }, ...given });
let root: string;
beforeEach(() => void (root = mkdtempSync(path.join(tmpdir(), 'copra-store-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const settings = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};
async function install(): Promise<ModelManifest> {
  const storage = diskStorage(root);
  await storage.write(folderOf(manifest.id), 'config.json', new TextEncoder().encode('{}'));
  await writeManifest(storage, manifest);
  return manifest;
}

test('fetches one model at a time, lists it, and deletes it', async () => {
  const run = vi.fn(install);
  const store = openStore({ storage: diskStorage(root), run, settings: settings() });
  const [first, second] = await Promise.all([store.fetch('owner/vit'), store.fetch('owner/other')]);
  expect([first, second]).toEqual([manifest, null]);
  expect(store.getState().error?.()).toMatch(/^owner\/other was not taken: owner\/vit is still on its way/);
  onTestFinished(speakEnglish);
  speak('de', (area) => (area === 'models' ? german : null));
  expect(store.getState().error?.()).toBe(german.busy('owner/other', 'owner/vit'));
  speakEnglish();
  expect(run).toHaveBeenCalledTimes(1);
  const { models, transfer } = store.getState();
  expect(transfer).toBeNull();
  expect(models).toMatchObject([{ id: manifest.id, manifest: { licence: 'mit' } }]);
  expect(BACKBONES.map(({ id }) => id)).toEqual(BUNDLED_BACKBONES);
  expect(usableBackbones(models).map(({ id }) => id)).toEqual([...BACKBONES.map(({ id }) => id), manifest.id]);
  expect(findBackbone(manifest.id, models)).toMatchObject({
    name: 'owner/vit',
    revision: 'abc',
    layers: { vision: 3, text: 0 },
  });
  expect(backboneOf('gone/model@1', models)).toBe(BACKBONES[0]);
  await store.remove(manifest.id);
  expect(store.getState().models).toEqual([]);
});

test('hears from other tabs what they fetch and delete', async () => {
  const [here, there] = neighbours();
  const open = (news: TabNews) => openStore({ storage: diskStorage(root), run: install, settings: settings(), news });
  const [tab, other] = [open(here), open(there)];
  const listed = () => other.getState().models?.map(({ id }) => id);
  await other.refresh();
  await tab.fetch('owner/vit');
  await vi.waitFor(() => expect(listed()).toEqual([manifest.id]), PATIENT);
  await tab.remove(manifest.id);
  await vi.waitFor(() => expect(listed()).toEqual([]), PATIENT);
});

test('lists what is there in the end, whichever reading of the storage takes longest', async () => {
  const [here, there] = neighbours();
  const disk = diskStorage(root);
  const waiting: (() => void)[] = [];
  /** What was found, some time after it was found. */
  const slow = {
    ...disk,
    folders: async () => {
      const found = await disk.folders();
      await new Promise<void>((resolve) => waiting.push(resolve));
      return found;
    },
  };
  const store = openStore({ storage: slow, run: install, settings: settings(), news: here });
  const first = store.refresh();
  await vi.waitFor(() => expect(waiting).toHaveLength(1), PATIENT);
  await install();
  there.tell();
  await new Promise((resolve) => setTimeout(resolve, 20));
  // The newer reading ends first, where there are two at once.
  for (const end of waiting.splice(0).toReversed()) {
    end();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (const end of waiting) end();
  await first;
  await vi.waitFor(() => expect(store.getState().models?.map(({ id }) => id)).toEqual([manifest.id]), PATIENT);
});

test('says why a transfer failed, but not that it was cancelled', async () => {
  const failing = openStore({
    storage: diskStorage(root),
    run: () => Promise.reject(new Error('hub.example cannot be reached')),
    settings: null,
  });
  expect(await failing.fetch('owner/vit')).toBeNull();
  expect(failing.getState().error?.()).toBe('hub.example cannot be reached');
  const waiting = openStore({
    storage: diskStorage(root),
    run: (_job, _progress, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    settings: null,
  });
  const fetched = waiting.fetch('owner/vit');
  await vi.waitFor(() => expect(waiting.getState().transfer).not.toBeNull(), PATIENT);
  await new Promise((resolve) => setTimeout(resolve));
  waiting.cancel();
  expect(await fetched).toBe('cancelled');
  expect(waiting.getState()).toMatchObject({ error: null, transfer: null });
});

test('waits for no permission to keep models, which Firefox leaves open until it is answered', async () => {
  vi.stubGlobal('navigator', { storage: { persist: () => new Promise(() => {}) } });
  const store = openStore({ storage: diskStorage(root), run: install, settings: settings() });
  expect(await store.fetch('owner/vit')).toMatchObject({ id: manifest.id });
  vi.unstubAllGlobals();
});

test('remembers the address of the hub, and leaves alone what is said of a transfer', async () => {
  const kept = settings();
  const run = () => Promise.reject(new Error('There is no such model.'));
  const store = openStore({ storage: diskStorage(root), run, settings: kept });
  await store.fetch('owner/none');
  const { hub } = store.getState();
  // The page may not load from another machine over http.
  for (const address of ['no address', 'http://mirror.example']) {
    expect(store.setHub(address)).toBe(false);
    expect(store.getState().hub).toBe(hub);
  }
  expect(store.setHub(' https://mirror.example/ ')).toBe(true);
  expect(store.getState().hub).toBe('https://mirror.example');
  expect(store.getState().error?.()).toBe('There is no such model.');
  expect(openStore({ storage: diskStorage(root), settings: kept }).getState().hub).toBe('https://mirror.example');
});

test('measures an engine once', async () => {
  const probe = vi.fn(() => Promise.resolve(5e9));
  const store = openStore({
    storage: diskStorage(root),
    client: { ...answering({ probe }), limitMemory: () => undefined },
    settings: null,
  });
  await Promise.all([store.measure('a'), store.measure('a')]);
  expect(store.getState().rate).toBe(5e9);
  await store.measure('b');
  expect(probe).toHaveBeenCalledTimes(2);
});

test('a dropped model is told from dropped images', () => {
  const blob = new Blob(['x']);
  const file = (at: string) => ({ path: at, blob });
  expect(findModel([file('cats/1.png'), file('cats/config.json')])).toBeNull();
  const found = findModel([file('a/b/config.json'), file('a/b/model.safetensors'), file('a/readme.md')]);
  expect(found).toMatchObject({ folder: 'b' });
  expect(found?.files.map(([name]) => name)).toEqual(['config.json', 'model.safetensors']);
  expect(findModel([file('config.json'), file('model.safetensors')])?.folder).toBe('model');
});

test('weights in formats that are not read are told from models and images', () => {
  const blob = new Blob(['x']);
  const file = (at: string) => ({ path: at, blob });
  for (const name of ['pytorch_model.bin', 'tf_model.h5', 'model.onnx', 'pytorch_model-00001-of-00002.bin']) {
    const sentence = foreignWeights([file('m/config.json'), file(`m/${name}`)]);
    expect(sentence?.()).toContain(
      `The model folder has no model.safetensors (nor model.safetensors.index.json): it holds`,
    );
    expect(sentence?.()).toContain(name);
    expect(sentence?.()).toContain('Weights in other formats (.bin, .h5, .onnx) cannot be read. Save the model again');
  }
  expect(foreignWeights([file('model.onnx')])?.()).toMatch(/^What you dropped has no/);
  expect(foreignWeights([file('m/model.safetensors'), file('m/pytorch_model.bin')])).toBeNull();
  expect(foreignWeights([file('cats/1.png'), file('cats/model.h5')])).toBeNull();
  expect(foreignWeights([file('cifar/data_batch_1.bin')])).toBeNull();
});

test('a curated backbone is here under its commit, or, where a branch names it, under any', () => {
  const here = (id: string) => [{ id, bytes: 1, manifest, unfinished: null }];
  const pinned = { request: `owner/vit@${'a'.repeat(40)}` };
  expect(keptAs(pinned, here(pinned.request))).toBe(pinned.request);
  expect(keptAs(pinned, here(`owner/vit@${'b'.repeat(40)}`))).toBeNull();
  const branch = { request: 'owner/vit@refs/pr/32' };
  expect(keptAs(branch, here(pinned.request))).toBe(pinned.request);
  expect(keptAs(branch, here('owner/vit-large@1'))).toBeNull();
  expect(keptAs(branch, [{ ...here(pinned.request)[0], manifest: null }])).toBeNull();
});
