import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startLocalHub, type HubModel, type LocalHub } from '../../../tests/support/hub/local-hub.ts';
import { COMMIT, folderModel } from '../../../tests/support/hub/models.ts';
import { memoryBytes } from '../byte-source.ts';
import { parseSafetensors } from '../safetensors.ts';
import { writeSafetensors, type OutputTensor } from '../write-safetensors.ts';
import { fetchModel, loadStoredModel, type FetchOptions } from './fetch-model.ts';
import { describeModel, installModel } from './install.ts';
import { listModels, readManifest } from './manifest.ts';
import { openedFiles } from './model-files.ts';
import { SourceError } from './http.ts';
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
    const target = { id: 'local/folder@1', source: 'a folder', licence: null, request: 'folder' };
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
    const done = progress.filter(({ phase }) => phase === 'weights').at(-1);
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
    const { backbone, preprocessing } = await loadStoredModel(storage, id, 48);
    expect(preprocessing).toMatchObject({ imageSize: 48, resizeTo: 48 });
    expect(backbone.vision.config.tokens).toBe(37);
  });

  test('any folder on a server, pinned by its content', async () => {
    const folder = `${hub.url}/local/vit/resolve/${COMMIT}/`;
    const named = await fetchModel(folder, storage, { hub: 'https://hub.example' });
    expect(named.id).toMatch(/^localhost:\d+\/local\/vit\/resolve\/[0-9a-f]{40}@[0-9a-f]{12}$/);
    expect((await loadStoredModel(storage, named.id)).backbone.kind).toBe('vit');
  });
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
