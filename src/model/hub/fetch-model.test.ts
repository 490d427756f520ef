import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startLocalHub, type HubModel, type LocalHub } from '../../../tests/support/hub/local-hub.ts';
import { COMMIT, folderModel } from '../../../tests/support/hub/models.ts';
import { memoryBytes } from '../byte-source.ts';
import { parseSafetensors } from '../safetensors.ts';
import { writeSafetensors, type OutputTensor } from '../write-safetensors.ts';
import { fetchModel, type FetchOptions } from './fetch-model.ts';
import { describeModel, installModel } from './install.ts';
import { loadStoredModel, openStoredModel } from './load-stored.ts';
import { listModels, readManifest, writeManifest, type ModelManifest } from './manifest.ts';
import { openedFiles } from './model-files.ts';
import { SourceError } from './source-error.ts';
import { transferMeter, type TransferProgress } from './progress.ts';
import { diskStorage } from './storage-node.ts';
import { folderOf, type ModelStorage } from './storage.ts';

const CLIP = folderModel('public/backbones/emoji-clip', 'mit');
const VIT = folderModel('tests/golden/vit');
const weightsOf = (model: HubModel) => model.files['model.safetensors'];

/** The tensors of a model, to write them again in another way. */
function tensorsOf(model: HubModel, half = false): Record<string, OutputTensor> {
  const file = parseSafetensors(weightsOf(model));
  return Object.fromEntries(
    [...file.tensors].map(([name, { shape }]) => [name, { shape, data: file.float32(name), half }]),
  );
}
const withWeights = (model: HubModel, files: Record<string, Uint8Array>): HubModel => {
  const { 'model.safetensors': weights, ...small } = model.files;
  expect(weights).toBeDefined();
  return { ...model, files: { ...small, ...files } };
};
const changed = (model: HubModel, change: (tensors: Record<string, OutputTensor>) => void): HubModel => {
  const tensors = tensorsOf(model);
  change(tensors);
  return withWeights(model, { 'model.safetensors': writeSafetensors(tensors) });
};
function sharded(model: HubModel): HubModel {
  const entries = Object.entries(tensorsOf(model));
  const parts = [entries.filter((_, i) => i % 2 === 0), entries.filter((_, i) => i % 2 === 1)];
  const names = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
  const map = Object.fromEntries(parts.flatMap((part, i) => part.map(([name]) => [name, names[i]])));
  const index = new TextEncoder().encode(JSON.stringify({ metadata: { total_size: 1 }, weight_map: map }));
  const files = Object.fromEntries(parts.map((part, i) => [names[i], writeSafetensors(Object.fromEntries(part))]));
  return withWeights(model, { ...files, 'model.safetensors.index.json': index });
}
/** Tensors no backbone needs, between those it does and far larger than them. */
const padded = changed(VIT, (tensors) => {
  const entries = Object.entries(tensors);
  entries.forEach(([name]) => delete tensors[name]);
  entries.forEach(([name, tensor], i) => {
    tensors[name] = tensor;
    if (i % 40 === 20) tensors[`unused.${i}`] = { shape: [400_000], data: new Float32Array(400_000) };
  });
});
/** Another value of one weight that is kept, or of all weights, in the same places: the header stays as it is. */
function retrained(model: HubModel, which: 'one in the middle' | 'all'): HubModel {
  const bytes = weightsOf(model).slice();
  const dataStart = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const kept = [...parseSafetensors(bytes).tensors].filter(([name]) => !name.startsWith('unused'));
  const [, middle] = kept.sort(([, x], [, y]) => x.begin - y.begin)[Math.floor(kept.length / 2)];
  const changedBytes =
    which === 'all' ? bytes.subarray(dataStart) : bytes.subarray(dataStart + middle.begin).subarray(0, 4);
  // The low byte of a number: none becomes infinite.
  for (let at = 0; at < changedBytes.length; at += 4) changedBytes[at] ^= 1;
  return { ...model, files: { ...model.files, 'model.safetensors': bytes } };
}
const cut = (bytes: Uint8Array, count: number) => bytes.subarray(0, bytes.length - count);
const lying = (() => {
  const text = JSON.stringify({
    a: { dtype: 'F32', shape: [4], data_offsets: [0, 16] },
    b: { dtype: 'F32', shape: [4], data_offsets: [8, 24] },
  });
  const file = new Uint8Array(8 + text.length + 24);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(new TextEncoder().encode(text), 8);
  return file;
})();
const hugeHeader = new Uint8Array(100);
new DataView(hugeHeader.buffer).setBigUint64(0, 90_000_000n, true);
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const MODELS: Record<string, HubModel> = {
  'local/clip': CLIP,
  'local/vit': VIT,
  'local/padded': padded,
  'local/vit-middle': retrained(VIT, 'one in the middle'),
  'local/padded-middle': retrained(padded, 'one in the middle'),
  'local/clip-again': retrained(CLIP, 'all'),
  'local/clip-middle': retrained(CLIP, 'one in the middle'),
  'local/sharded': sharded(VIT),
  'local/position-ids': changed(VIT, (tensors) => {
    tensors.aaa_ids = { shape: [50], data: new Int32Array(50) }; // before, between and behind the others
    tensors['vit.m_ids'] = { shape: [50], data: new Float32Array(50) };
    tensors.zzz_ids = { shape: [50], data: new Float32Array(50) };
  }),
  'local/half': withWeights(VIT, { 'model.safetensors': writeSafetensors(tensorsOf(VIT, true)) }),
  'local/truncated': withWeights(VIT, { 'model.safetensors': cut(weightsOf(VIT), 1000) }),
  'local/lying': withWeights(VIT, { 'model.safetensors': lying }),
  'local/huge-header': withWeights(VIT, { 'model.safetensors': hugeHeader }),
  'local/nan': changed(VIT, (tensors) => tensors['vit.layernorm.bias'].data.fill(NaN, 3)),
  'local/shape': changed(VIT, (tensors) => (tensors['vit.layernorm.bias'] = { shape: [2], data: new Float32Array(2) })),
  'local/dtype': changed(VIT, (tensors) => (tensors['vit.layernorm.bias'] = { shape: [48], data: new Int32Array(48) })),
  'local/missing': changed(VIT, (tensors) => delete tensors['vit.layernorm.bias']),
  'local/bert': { ...VIT, files: { ...VIT.files, 'config.json': json({ model_type: 'bert' }) } },
  'local/no-weights': withWeights(VIT, {}),
  'local/no-config': { ...VIT, files: { 'model.safetensors': weightsOf(VIT) } },
  'local/no-tokenizer': {
    ...CLIP,
    files: { 'config.json': CLIP.files['config.json'], 'model.safetensors': weightsOf(CLIP) },
  },
};

let hub: LocalHub;
let root: string;
let storage: ModelStorage;
beforeAll(async () => {
  hub = await startLocalHub(MODELS);
});
afterAll(() => hub.close());
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'copra-models-'));
  storage = diskStorage(root);
});
afterEach(() => {
  hub.reset();
  rmSync(root, { recursive: true, force: true });
});

const get = (name: string, options: FetchOptions = {}) =>
  fetchModel(name, storage, { hub: hub.url, pause: 0.01, silence: 0.5, ...options });
const idOf = (name: string) => `${name}@${COMMIT}`;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const origin = (file: string, bytes: Uint8Array) => ({ file, sha256: sha256(bytes), confirmed: true });

describe('the SHA-256 of the weights', () => {
  const stored = ({ id }: { id: string }) => readFileSync(path.join(root, folderOf(id), 'model.safetensors'));

  test('is that of what lies here, and of every file that came whole, as the hub names it', async () => {
    const manifest = await get('local/vit');
    expect(manifest.weights).toEqual({
      sha256: sha256(stored(manifest)),
      origins: [origin('model.safetensors', weightsOf(VIT))],
    });
    expect(await readManifest(storage, manifest.id)).toEqual(manifest);
    const { files } = MODELS['local/sharded'];
    const shards = Object.keys(files).filter((name) => name.startsWith('model-') && name.endsWith('.safetensors'));
    expect((await get('local/sharded')).weights?.origins).toEqual(shards.map((name) => origin(name, files[name])));
  });

  test('counts bytes between and behind the tensors that are kept, while they are few', async () => {
    const { weights } = await get('local/position-ids');
    expect(weights?.origins).toEqual([origin('model.safetensors', weightsOf(MODELS['local/position-ids']))]);
    const partly = await get('local/padded');
    expect(partly.weights).toEqual({ sha256: sha256(stored(partly)), origins: [] });
  });

  test('that is another than the hub names ends the download, and nothing is kept', async () => {
    hub.faults.corrupt = true;
    await expect(get('local/vit')).rejects.toThrow(/SHA-256 [0-9a-f]{12}…, but its hub names .* damaged on the way/);
    expect(await listModels(storage)).toEqual([]);
    hub.faults.corrupt = false;
    expect((await get('local/vit')).weights?.origins[0].confirmed).toBe(true);
  });

  test('of a folder is taken, and nobody confirms it', async () => {
    const files = new Map(Object.entries(VIT.files).map(([name, bytes]) => [name, memoryBytes(bytes)]));
    const open = (file: string) => files.get(file) ?? null;
    const { signal } = new AbortController();
    const description = await describeModel(openedFiles(open, signal));
    const from = { source: 'a folder', licence: null, request: 'folder' };
    const target = { name: 'local/folder', commit: null, expected: null, ...from };
    const meter = transferMeter(
      () => {},
      () => 0,
    );
    const { weights } = await installModel(openedFiles(open, signal), description, target, storage, meter, signal);
    expect(weights?.origins).toEqual([{ ...origin('model.safetensors', weightsOf(VIT)), confirmed: false }]);
  });
});

describe('from a hub', () => {
  test('a CLIP: pinned, described, loaded as from its folder, and at once the next time', async () => {
    const progress: TransferProgress[] = [];
    const manifest = await get('local/clip', { onProgress: (report) => progress.push(report) });
    expect(manifest).toMatchObject({ id: idOf('local/clip'), licence: 'mit' });
    expect(manifest.facts).toMatchObject({
      family: 'CLIP',
      vision: { layers: 12, width: 64, tokens: 17 },
      text: { layers: 4 },
    });
    expect(progress.map(({ phase }) => phase)).toContain('check');
    const done = progress.filter(({ phase }) => phase === 'weights').at(-1)!;
    expect(done.doneBytes).toBe(done.totalBytes);
    expect(hub.requests.every(({ method }) => method === 'GET')).toBe(true);
    const model = await loadStoredModel(storage, manifest.id);
    expect(model.backbone.kind).toBe('clip');
    expect(model.tokenizer).not.toBeNull();
    hub.requests.length = 0;
    expect(await get(idOf('local/clip'))).toEqual(manifest);
    expect(hub.requests).toEqual([]); // named by its commit it needs no connection
    expect(await get(`${hub.url}/local/clip/tree/main`)).toEqual(manifest);
  });

  test('only the tensors that are needed travel', async () => {
    const manifest = await get('local/padded');
    expect(hub.weightBytes()).toBeLessThan(weightsOf(VIT).length + 70_000 + 16_384);
    const whole = await get('local/vit');
    expect(manifest.facts).toEqual(whole.facts);
    const [a, b] = await Promise.all([manifest, whole].map(({ id }) => loadStoredModel(storage, id)));
    expect(a.backbone).toEqual(b.backbone);
  });

  test('several files, and half precision', async () => {
    const whole = await loadStoredModel(storage, (await get('local/vit')).id);
    const parts = await loadStoredModel(storage, (await get('local/sharded')).id);
    expect(parts.backbone).toEqual(whole.backbone);
    const half = await loadStoredModel(storage, (await get('local/half')).id);
    expect(half.backbone.vision.classToken[0]).toBeCloseTo(whole.backbone.vision.classToken[0], 3);
  });

  test('images of another size', async () => {
    const { id } = await get('local/vit');
    const { backbone, preprocessing } = await loadStoredModel(storage, id, { imageSize: 48 });
    expect(preprocessing).toMatchObject({ imageSize: 48, resizeTo: 48 });
    expect(backbone.vision.config.tokens).toBe(37);
  });
});

/** The folder of a repository as a server that is no hub. */
const folderAt = (repo: string) => `${hub.url}/${repo}/resolve/${COMMIT}/`;
const getFolder = (address: string, options: FetchOptions = {}) =>
  get(address, { hub: 'https://hub.example', ...options });
const revisionOf = (id: string) => id.slice(id.lastIndexOf('@') + 1);
const pathOf = (id: string, file: string) => path.join(root, folderOf(id), file);

/** Changes one byte of a file on the device; its length stays. */
function damage(id: string, file: string, at?: number): void {
  const bytes = readFileSync(pathOf(id, file));
  bytes[at ?? Math.floor(bytes.length / 2)] ^= 1;
  writeFileSync(pathOf(id, file), bytes);
}

/** A fetch that ends when so many bytes of weights have come. */
async function interrupted(address: string, bytes: number): Promise<void> {
  hub.faults.speed = 3_000_000;
  const stop = new AbortController();
  const onProgress = ({ phase, doneBytes }: TransferProgress) => {
    if (phase === 'weights' && doneBytes > bytes) stop.abort(new Error('enough'));
  };
  await expect(getFolder(address, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
  hub.faults.speed = 0;
}

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

  test('names stay what they are: links hold them', async () => {
    const { id } = await getFolder(folderAt('local/vit'));
    expect(revisionOf(id)).toBe('9d7ff9cc9cfbb94b07012eb61886318925697cd8a3edb8ced23a2281caf062f9');
  });

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
    hub.faults.replaced = { 'local/clip': 'local/clip-again' };
    const again = await getFolder(folderAt('local/clip'));
    hub.faults.replaced = {};
    await interrupted(folderAt('local/clip'), 500_000);
    hub.faults.replaced = { 'local/clip': 'local/clip-again' };
    expect(await getFolder(folderAt('local/clip'))).toEqual(again);
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

  test('of an address that is too long for a name nothing is fetched', async () => {
    const long = `${hub.url}/${'long/'.repeat(30)}`;
    await expect(getFolder(long)).rejects.toThrow(/address is too long/);
    expect(hub.requests).toEqual([]);
  });
});

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

describe('a connection that', () => {
  test('is cut twice goes on where it was', async () => {
    Object.assign(hub.faults, { cuts: 2, cutAfter: 200_000 });
    const { id } = await get('local/clip');
    expect((await loadStoredModel(storage, id)).backbone.kind).toBe('clip');
    const starts = hub.requests
      .filter(({ path: p, range }) => p.endsWith('.safetensors') && range)
      .map(({ range }) => range);
    expect(new Set(starts).size).toBeGreaterThanOrEqual(3);
    expect(hub.weightBytes()).toBeLessThan(1.3 * weightsOf(CLIP).length);
  });

  test('is given up keeps what arrived, shows it as unfinished, and the next try goes on', async () => {
    hub.faults.speed = 3_000_000;
    const stop = new AbortController();
    const reason = new Error('enough');
    const onProgress = ({ phase, doneBytes }: TransferProgress) => {
      if (phase === 'weights' && doneBytes > 500_000) stop.abort(reason);
    };
    await expect(get('local/clip', { signal: stop.signal, onProgress })).rejects.toBe(reason);
    const [entry] = await listModels(storage);
    expect(entry).toMatchObject({
      id: idOf('local/clip'),
      manifest: null,
      unfinished: { request: idOf('local/clip') },
    });
    await expect(loadStoredModel(storage, entry.id)).rejects.toThrow('is not on this device');
    const before = hub.weightBytes();
    hub.faults.speed = 0;
    const { weights } = await get('local/clip');
    expect(hub.weightBytes() - before).toBeLessThan(weightsOf(CLIP).length - 400_000);
    expect(weights?.origins).toEqual([origin('model.safetensors', weightsOf(CLIP))]); // what was there is hashed again
    expect((await loadStoredModel(storage, entry.id)).backbone.kind).toBe('clip');
  });

  test('falls silent is opened again', async () => {
    Object.assign(hub.faults, { stalls: 1, cutAfter: 200_000 });
    expect((await get('local/clip', { silence: 0.3 })).id).toBe(idOf('local/clip'));
  });

  test('knows no ranges is read once from its start', async () => {
    hub.faults.noRange = true;
    const { id } = await get('local/padded');
    expect((await loadStoredModel(storage, id)).backbone).toEqual(
      (await loadStoredModel(storage, (await get('local/vit')).id)).backbone,
    );
  });

  test('hides the size of the file', async () => {
    hub.faults.hideRange = true;
    expect((await get('local/vit')).id).toBe(idOf('local/vit'));
  });

  test('is asked to wait does so, and says why', async () => {
    Object.assign(hub.faults, { tooManyRequests: 2, retryAfter: '0' });
    const waits: string[] = [];
    await get('local/vit', { onProgress: ({ waiting }) => waiting && waits.push(waiting) });
    expect(waits[0]).toContain('allows no more requests for now (429); trying again in');
    // "Retry-After: 0" is no leave to ask without end: the pauses grow all the same
    Object.assign(hub.faults, { tooManyRequests: 4, retryAfter: '0' });
    const begun = performance.now();
    await get('local/clip', { pause: 0.05 });
    expect(performance.now() - begun).toBeGreaterThan(1000 * 0.05 * (1 + 2 + 4 + 8));
    Object.assign(hub.faults, { tooManyRequests: 9, retryAfter: '600' });
    await expect(get('local/padded')).rejects.toThrow('asks to wait 10 minutes');
  });
});

describe('what cannot be used', () => {
  /** The message, and that nothing stays behind. */
  async function refused(name: string, message: string | RegExp): Promise<void> {
    const failure = await get(name).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SourceError);
    expect((failure as Error).message).toMatch(message);
    expect(await storage.files(folderOf(idOf(name)))).toEqual([]);
    expect(await readManifest(storage, idOf(name))).toBeNull();
  }

  test.each([
    [
      'local/truncated',
      /local\/truncated cannot be used. model.safetensors: .*(lie outside|is it cut off|belong to no)/,
    ],
    ['local/lying', /overlaps the tensor before it/],
    ['local/huge-header', /too long for any model|is it cut off/],
    ['local/nan', /"vit.layernorm.bias" holds NaN at index 3: the checkpoint is damaged/],
    ['local/shape', /"vit.layernorm.bias" has shape \[2\]; config.json calls for \[48\]/],
    ['local/dtype', /"vit.layernorm.bias" is I32; expected floating-point numbers/],
    ['local/missing', /no tensor "vit.layernorm.bias"/],
    ['local/bert', /model_type "bert" is not supported. Supported are CLIP/],
    ['local/no-weights', /no model.safetensors .*cannot be read/],
    ['local/no-config', /no config.json/],
    ['local/no-tokenizer', /no tokenizer.json/],
    ['local/unknown', /There is no model "local\/unknown" with the revision "main" on localhost:\d+ \(404\)/],
  ])('%s', refused);

  test('a file that ends before its header says, where the size is hidden', async () => {
    hub.faults.noRange = true;
    // What a page sees of headers that are not exposed, which Node does not hide.
    const { fetch: plain } = globalThis;
    const blind: typeof fetch = async (input, init) => {
      const answer = await plain(input, init);
      const headers = new Headers(answer.headers);
      headers.delete('content-range');
      if (init?.headers && (init.headers as Record<string, string>).Range === 'bytes=0-65535')
        headers.delete('content-length');
      return new Response(answer.body, { status: answer.status, headers });
    };
    const failure = await get('local/truncated', { fetch: blind }).catch((error: unknown) => error as Error);
    expect((failure as Error).message).toMatch(/shorter than its header says: the file is damaged at its source/);
    expect(await storage.files(folderOf(idOf('local/truncated')))).toEqual([]);
  });

  test.each([
    [401, /asks for a sign-in \(401\).*drop its folder here/],
    [403, /forbids access \(403\)/],
    [410, /refuses the request \(410\)/],
    [503, /has a fault \(503\).*What has arrived is kept/],
  ])('status %i', async (status, message) => {
    hub.faults.status = { api: status };
    await refused('local/vit', message);
    hub.faults.status = { 'model.safetensors': status };
    await refused('local/vit', message);
  });

  test('a server that cannot be reached', async () => {
    await expect(get('local/vit', { hub: 'http://127.0.0.1:9', attempts: 2 })).rejects.toThrow(
      /127.0.0.1:9 cannot be reached\..*You may be offline.*CORS.*drop the folder/,
    );
  });

  test('a full device: nothing is left of it', async () => {
    const full: ModelStorage = { ...storage, use: () => Promise.resolve({ used: 0, free: 1_000_000 }) };
    await expect(fetchModel('local/clip', full, { hub: hub.url })).rejects.toThrow(
      /needs 2.\d MB on this device, and this page has 1.0 MB left. Delete a model/,
    );
    const filling: ModelStorage = {
      ...storage,
      async append(folder, file, keep) {
        const appender = await storage.append(folder, file, keep);
        const write = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
        return { ...appender, write };
      },
    };
    await expect(fetchModel('local/clip', filling, { hub: hub.url })).rejects.toThrow(/needs .* on this device/);
    expect(await storage.files(folderOf(idOf('local/clip')))).toEqual([]);
  });

  test('a finished model whose file was changed counts as absent', async () => {
    const { id } = await get('local/vit');
    await storage.write(folderOf(id), 'config.json', json({}));
    expect(await readManifest(storage, id)).toBeNull();
    await expect(loadStoredModel(storage, id)).rejects.toThrow('is not on this device');
    expect((await get('local/vit')).id).toBe(id);
    expect((await loadStoredModel(storage, id)).backbone.kind).toBe('vit');
  });
});
