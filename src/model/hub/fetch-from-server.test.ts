import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadStoredModel } from './load-stored.ts';
import { packing } from '../../../tests/support/hub/local-hub.ts';
import { listModels, type ModelManifest } from './manifest.ts';
import type { TransferProgress } from './progress.ts';
import { fetchModel } from './fetch-model.ts';
import { folderOf, type ModelStorage } from './storage.ts';
import {
  CLIP,
  weightsOf,
  hub,
  storage,
  sha256,
  folderAt,
  get,
  getFolder,
  revisionOf,
  pathOf,
  interrupted,
  serveModels,
} from './test-fetch.ts';

serveModels();

describe('from any server', () => {
  const isEqual = (a: ModelManifest, b: ModelManifest) => a.id === b.id;

  test('a model is named by the SHA-256 of every byte that is kept', async () => {
    const { id, files } = await getFolder(folderAt('local/vit'));
    expect(id).toMatch(/^localhost:\d+\/local\/vit\/resolve\/[0-9a-f]{40}@[0-9a-f]{64}$/);
    const names = files.map(({ name }) => name).sort();
    expect(names).toEqual(['config.json', 'model.safetensors']);
    // sha256sum config.json model.safetensors | sha256sum
    const listing = names.map((name) => `${sha256(readFileSync(pathOf(id, name)))}  ${name}\n`).join('');
    expect(revisionOf(id)).toBe(sha256(new TextEncoder().encode(listing)));
    expect((await loadStoredModel(storage, id)).backbone.kind).toBe('vit');
    expect(await storage.folders()).toEqual([folderOf(id)]); // nothing is left under a name of its own
  });

  test('of a bucket that says 403 of what it lacks, as without the right to list it, a model is fetched', async () => {
    const whole = await getFolder(folderAt('local/vit'));
    await storage.remove(folderOf(whole.id));
    hub.faults.status = { 'preprocessor_config.json': 403 };
    expect(await getFolder(folderAt('local/vit'))).toEqual(whole);
    hub.faults.status = { 'preprocessor_config.json': 403, 'model.safetensors': 403 };
    expect((await getFolder(folderAt('local/sharded'))).files.map(({ name }) => name)).toContain('model.safetensors');
  });

  test('what is forbidden as a whole stays so, and a hub says what is missing by 404 alone', async () => {
    hub.faults.status = { 'config.json': 403 };
    await expect(getFolder(folderAt('local/vit'))).rejects.toThrow(/forbids access \(403\)/);
    hub.faults.status = { 'preprocessor_config.json': 403 };
    await expect(get('local/vit')).rejects.toThrow(/forbids access \(403\)/);
  });

  test('names stay what they are: links hold them', async () => {
    const { id } = await getFolder(folderAt('local/vit'));
    expect(revisionOf(id)).toBe('9d7ff9cc9cfbb94b07012eb61886318925697cd8a3edb8ced23a2281caf062f9');
  });

  test.each(['local/old-processor', 'local/start-page'])(
    '%s: what lies beside a model and says nothing of images is no part of its name',
    async (repo) => {
      const { id, files } = await getFolder(folderAt('local/clip'));
      const other = await getFolder(folderAt(repo));
      expect([revisionOf(other.id), other.files]).toEqual([revisionOf(id), files]);
    },
  );

  test.each(['local/vit', 'local/padded'])('%s, one byte changed in the middle, is another model', async (repo) => {
    const first = await getFolder(folderAt(repo));
    hub.faults.replaced = { [repo]: `${repo}-middle` };
    const second = await getFolder(folderAt(repo));
    expect(isEqual(first, second)).toBe(false);
    expect(first.weights?.sha256).not.toBe(second.weights?.sha256);
    const [a, b] = await Promise.all([first, second].map(({ id }) => loadStoredModel(storage, id)));
    expect(a.backbone).not.toEqual(b.backbone);
    hub.faults.replaced = {};
    expect(await getFolder(folderAt(repo))).toEqual(first);
  });

  test('named with its SHA-256 it is that model or none', async () => {
    const first = await getFolder(folderAt('local/vit'));
    const pinned = `${folderAt('local/vit')}@${revisionOf(first.id)}`;
    hub.requests.length = 0;
    expect(await getFolder(pinned)).toEqual(first);
    expect(await getFolder(first.id)).toEqual(first); // as studies and links name it
    expect(hub.requests).toEqual([]); // what is here needs no connection
    await storage.remove(folderOf(first.id));
    hub.faults.replaced = { 'local/vit': 'local/vit-middle' };
    await expect(getFolder(pinned)).rejects.toThrow(
      /the files behind .* have the SHA-256 [0-9a-f]{12}…, not [0-9a-f]{12}…: .*changed.* Nothing was kept/,
    );
    expect(await listModels(storage)).toEqual([]);
    hub.faults.replaced = {};
    expect(await getFolder(pinned)).toEqual(first);
    await storage.remove(folderOf(first.id));
    expect(await getFolder(first.id)).toEqual(first);
  });

  test('what the server calls the same version is not fetched twice', async () => {
    hub.faults.version = '"one"';
    const first = await getFolder(folderAt('local/vit'));
    const before = hub.weightBytes();
    expect(await getFolder(folderAt('local/vit'))).toEqual(first);
    expect(hub.weightBytes() - before).toBeLessThan(70_000 + 16_384);
    Object.assign(hub.faults, { version: '"two"', replaced: { 'local/vit': 'local/vit-middle' } });
    expect(isEqual(await getFolder(folderAt('local/vit')), first)).toBe(false);
    // "Much the same" is not the same.
    hub.faults.version = 'W/"one"';
    expect(isEqual(await getFolder(folderAt('local/vit')), first)).toBe(false);
  });

  test('a fetch that was given up goes on, and the name is the same', async () => {
    hub.faults.version = '"one"';
    const whole = await getFolder(folderAt('local/clip'));
    await storage.remove(folderOf(whole.id));
    await interrupted(folderAt('local/clip'), 500_000);
    const [{ id, unfinished }] = await listModels(storage);
    expect(id).toMatch(/@unfinished$/);
    expect(unfinished?.request).toBe(folderAt('local/clip'));
    const before = hub.weightBytes();
    expect(await getFolder(unfinished?.request ?? '')).toEqual(whole);
    expect(hub.weightBytes() - before).toBeLessThan(weightsOf(CLIP).length - 300_000);
    expect(await storage.folders()).toEqual([folderOf(whole.id)]);
  });

  test('other bytes of the same length on resumption are not put behind those that are here', async () => {
    for (const other of ['local/clip-again', 'local/clip-middle']) {
      hub.faults.replaced = { 'local/clip': other };
      const again = await getFolder(folderAt('local/clip'));
      hub.faults.replaced = {};
      await interrupted(folderAt('local/clip'), 1_500_000); // past the byte in the middle
      hub.faults.replaced = { 'local/clip': other };
      expect(await getFolder(folderAt('local/clip'))).toEqual(again);
    }
  });

  test('of a fetch that was given up nothing stays where the server names no version', async () => {
    await interrupted(folderAt('local/clip'), 500_000);
    expect(await listModels(storage)).toEqual([]);
  });

  test('a version the server calls another is fetched anew, also where it goes on alike', async () => {
    hub.faults.version = '"one"';
    await interrupted(folderAt('local/clip'), 1_500_000); // past the byte in the middle
    Object.assign(hub.faults, { version: '"two"', replaced: { 'local/clip': 'local/clip-middle' } });
    const resumed = await getFolder(folderAt('local/clip'));
    await storage.remove(folderOf(resumed.id));
    expect(await getFolder(folderAt('local/clip'))).toEqual(resumed);
  });

  test('a version that changes while a cut connection is opened again is refused', async () => {
    Object.assign(hub.faults, { version: '"one"', cuts: 1, cutAfter: 200_000 });
    const onProgress = ({ waiting }: TransferProgress) => {
      if (waiting) Object.assign(hub.faults, { version: '"two"', replaced: { 'local/clip': 'local/clip-middle' } });
    };
    await expect(getFolder(folderAt('local/clip'), { onProgress })).rejects.toThrow(
      /changed while it was read\. Get it again\./,
    );
    const whole = await getFolder(folderAt('local/clip'));
    await storage.remove(folderOf(whole.id));
    expect(await getFolder(folderAt('local/clip'))).toEqual(whole);
  });

  test.each(['local/vit', 'local/padded', 'local/sharded'])(
    '%s is the same where its server packs whatever it gives, which a browser refuses of parts',
    async (repo) => {
      const { id } = await getFolder(folderAt(repo));
      await storage.remove(folderOf(id));
      expect((await getFolder(folderAt(repo), { fetch: packing })).id).toBe(id);
    },
  );

  test('of a model for whose last file the device has no room nothing is left', async () => {
    const filling: ModelStorage = {
      ...storage,
      write: (folder, file, bytes) =>
        file === 'copra-model.json'
          ? Promise.reject(new DOMException('full', 'QuotaExceededError'))
          : storage.write(folder, file, bytes),
    };
    await expect(fetchModel(folderAt('local/vit'), filling)).rejects.toThrow(/needs .* on this device/);
    expect(await storage.folders()).toEqual([]);
  });

  test('of an address that is too long for a name nothing is fetched', async () => {
    const long = `${hub.url}/${'long/'.repeat(30)}`;
    await expect(getFolder(long)).rejects.toThrow(/address is too long/);
    expect(hub.requests).toEqual([]);
  });
});
