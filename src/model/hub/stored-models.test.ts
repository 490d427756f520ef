import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fetchModel } from './fetch-model.ts';
import { loadStoredModel, openStoredModel } from './load-stored.ts';
import { listModels, readManifest, writeManifest, type ModelManifest } from './manifest.ts';
import { folderOf, type ModelStorage } from './storage.ts';
import { json, hub, storage, get, sha256, folderAt, getFolder, pathOf, damage, serveModels } from './test-fetch.ts';

serveModels();

describe('what lies on the device', () => {
  const damaged = /on this device .*SHA-256.* changed or damaged.*Delete .* get it again/;

  test.each([
    ['local/clip', 'model.safetensors'],
    ['local/clip', 'config.json'],
    ['local/clip', 'tokenizer.json'],
  ])('is checked when it is read: %s of a hub, %s', async (repo, file) => {
    const { id } = await get(repo);
    damage(id, file);
    await expect(loadStoredModel(storage, id)).rejects.toThrow(damaged);
    await storage.remove(folderOf(id));
    expect((await loadStoredModel(storage, (await get(repo)).id)).backbone.kind).toBe('clip');
  });

  test('is checked when it is read: of any server, also against a manifest that was changed with it', async () => {
    const { id } = await getFolder(folderAt('local/vit'));
    damage(id, 'model.safetensors');
    await expect(loadStoredModel(storage, id)).rejects.toThrow(damaged);
    const manifest = await readManifest(storage, id);
    const digest = sha256(readFileSync(pathOf(id, 'model.safetensors')));
    const files = manifest!.files.map((file) =>
      file.name === 'model.safetensors' ? { ...file, sha256: digest } : file,
    );
    await writeManifest(storage, { ...manifest!, files, weights: { sha256: digest, origins: [] } });
    await expect(loadStoredModel(storage, id)).rejects.toThrow(damaged);
    expect((await getFolder(folderAt('local/vit'))).id).toBe(id); // fetched again, it is sound
    expect((await loadStoredModel(storage, id)).backbone.kind).toBe('vit');
  });

  test('is checked also where single files are opened, and other files beside it are not seen', async () => {
    const { id } = await get('local/vit');
    await storage.write(folderOf(id), 'preprocessor_config.json', json({ image_mean: [0, 0, 0] }));
    const { open, read } = await openStoredModel(storage, id);
    expect(await read('preprocessor_config.json')).toBeNull();
    expect((await open('model.safetensors'))?.size).toBeGreaterThan(0);
    damage(id, 'model.safetensors');
    await expect(open('model.safetensors')).rejects.toThrow(damaged);
  });

  test.each(['model.safetensors', 'config.json'])('%s that is not as it was written is no model', async (file) => {
    const flip = (bytes: Uint8Array) => bytes.map((byte, i) => (i === bytes.length - 3 ? byte ^ 1 : byte));
    let writes = 0; // the first is the header's, whose damage shows in another way
    const faulty: ModelStorage = {
      ...storage,
      write: (folder, name, bytes) => storage.write(folder, name, name === file ? flip(bytes) : bytes),
      async append(folder, name, keep) {
        const appender = await storage.append(folder, name, keep);
        return { ...appender, write: (bytes) => appender.write(name === file && writes++ === 1 ? flip(bytes) : bytes) };
      },
    };
    for (const text of ['local/vit', folderAt('local/vit')]) {
      writes = 0;
      const fetched = fetchModel(text, faulty, { hub: text === 'local/vit' ? hub.url : 'https://hub.example' });
      await expect(fetched).rejects.toThrow(/reads back otherwise than it was written.*Nothing was kept/);
    }
    expect(await listModels(storage)).toEqual([]);
  });

  test('of an earlier version opens, says what its name does not tell, and is checked as far as it can be', async () => {
    const now = await getFolder(folderAt('local/vit'));
    const old: ModelManifest = {
      ...now,
      id: now.id.replace(/@.*/, '@0123456789ab'),
      files: now.files.map(({ name, bytes }) => ({ name, bytes })),
      versions: undefined,
    };
    await storage.move(folderOf(now.id), folderOf(old.id));
    await writeManifest(storage, old);
    const notices: string[] = [];
    const load = () => loadStoredModel(storage, old.id, { onNotice: (notice) => notices.push(notice) });
    expect((await load()).backbone.kind).toBe('vit');
    expect(notices).toEqual([expect.stringMatching(/earlier version, .* header .* Get it again from http/)]);
    await writeManifest(storage, { ...old, weights: undefined });
    expect((await load()).backbone.kind).toBe('vit');
    await writeManifest(storage, old);
    damage(old.id, 'model.safetensors');
    await expect(load()).rejects.toThrow(damaged);
    expect((await getFolder(folderAt('local/vit'))).id).toBe(now.id);
  });
});

test('a folder of the disk storage moves, and what was there before is gone', async () => {
  const bytes = new Uint8Array([1]);
  await storage.write('a', 'x', bytes);
  await storage.write('b', 'y', bytes);
  await storage.move('a', 'b');
  expect(await storage.folders()).toEqual(['b']);
  expect(await storage.files('b')).toEqual([{ name: 'x', bytes: 1 }]);
});
