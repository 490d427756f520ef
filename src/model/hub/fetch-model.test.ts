import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { brokenAfterStart } from '../../../tests/support/hub/local-hub.ts';
import { memoryBytes } from '../../platform/byte-source.ts';
import { fetchModel, idOfFolder } from './fetch-model.ts';
import { describeModel } from './describe-model.ts';
import { installModel } from './install.ts';
import { loadStoredModel } from './load-stored.ts';
import { listModels, readManifest } from './manifest.ts';
import { openedFiles } from './model-files.ts';
import { checkWeights } from './move-weights.ts';
import { SourceError } from '../../platform/http/source-error.ts';
import { transferMeter, type TransferProgress } from './progress.ts';
import { folderOf, type ModelStorage } from './storage.ts';
import {
  CLIP,
  VIT,
  weightsOf,
  json,
  MODELS,
  hub,
  root,
  storage,
  get,
  idOf,
  sha256,
  origin,
  serveModels,
} from './test-fetch.ts';

serveModels();

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

  test('the preparation of images is kept, wherever it stands', async () => {
    const [{ preprocessing }, later, both] = await Promise.all(
      ['local/clip', 'local/processor', 'local/both-processors'].map(async (name) =>
        loadStoredModel(storage, (await get(name)).id),
      ),
    );
    expect(later.preprocessing).toEqual(preprocessing);
    expect(both.preprocessing).toEqual(preprocessing);
    expect(preprocessing.std).toEqual([0.28, 0.28, 0.28]);
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
      /local\/truncated cannot be used. model.safetensors: The file is cut off: it has \d+ of its \d+ bytes/,
    ],
    ['local/lying', /overlaps the tensor before it/],
    ['local/huge-header', /too long for any model|is cut off/],
    ['local/nan', /“vit.layernorm.bias” holds NaN at index 3: the checkpoint is damaged/],
    ['local/shape', /“vit.layernorm.bias” has shape \[2\]; config.json calls for \[48\]/],
    ['local/dtype', /“vit.layernorm.bias” is I32; expected floating-point numbers/],
    ['local/missing', /no tensor “vit.layernorm.bias”/],
    ['local/bert', /model_type “bert” is not supported. Supported are CLIP/],
    ['local/no-weights', /no model.safetensors .*cannot be read/],
    ['local/no-config', /no config.json/],
    ['local/no-tokenizer', /no tokenizer.json/],
    ['local/unknown', /There is no model “local\/unknown” with the revision “main” on localhost:\d+ \(404\)/],
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
    [204, /answers without a file \(204\): .*Check the name/],
    [429, /no more requests for now \(429\)\. Try again later, or drop the folder of the model here\.$/],
    [503, /has a fault \(503\)\. Try again later, or drop the folder of the model here\.$/],
  ])('status %i', async (status, message) => {
    hub.faults.status = { api: status };
    await refused('local/vit', message);
    hub.faults.status = { 'model.safetensors': status };
    await refused('local/vit', message);
  });

  test('a fault in the middle says that what has arrived is kept, and the next try goes on from there', async () => {
    await expect(get('local/vit', { fetch: brokenAfterStart })).rejects.toThrow(
      /\(503\)\. Try again later, .*\. What has arrived is kept: the next try goes on from there\.$/,
    );
    expect(await storage.files(folderOf(idOf('local/vit')))).not.toEqual([]);
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

test('a folder has its name without being kept, which is the one that it gets when it is kept', async () => {
  const { signal } = new AbortController();
  const files = openedFiles((file) => (VIT.files[file] ? memoryBytes(VIT.files[file]) : null), signal);
  const from = { source: '', licence: null, request: '' };
  const target = { name: 'local/my-vit', commit: null, expected: null, ...from };
  const meter = transferMeter(
    () => {},
    () => 0,
  );
  const { id } = await installModel(files, await describeModel(files), target, storage, meter, signal);
  expect(await idOfFolder('my vit', files)).toBe(id);
});

test('a dropped folder never goes on from what another one of its name left', async () => {
  const keep = async (weights: Uint8Array, closesInCheck = false) => {
    const stop = new AbortController();
    const open = (file: string) => {
      const bytes = file === 'model.safetensors' ? weights : CLIP.files[file];
      return bytes ? memoryBytes(bytes) : null;
    };
    const files = openedFiles(open, stop.signal);
    const meter = transferMeter(
      ({ phase }) => closesInCheck && phase === 'check' && stop.abort(new Error('closed')),
      () => 0,
    );
    const from = { source: 'a folder', licence: null, request: 'local/best' };
    const target = { name: 'local/best', commit: null, expected: null, ...from };
    // A page that is closed removes nothing.
    const kept = closesInCheck ? { ...storage, remove: () => Promise.resolve() } : storage;
    return installModel(files, await describeModel(files), target, kept, meter, stop.signal);
  };
  const other = weightsOf(MODELS['local/clip-middle']);
  const { id } = await keep(other);
  await storage.remove(folderOf(id));
  await expect(keep(weightsOf(CLIP), true)).rejects.toThrow('closed');
  expect((await keep(other)).id).toBe(id);
});

test('an abort arrives between the tensors that are checked', async () => {
  const { id } = await get('local/vit');
  const stop = new AbortController();
  const open = async (folder: string, file: string) => {
    const source = (await storage.open(folder, file))!;
    const read = (begin: number, end: number) => {
      setTimeout(() => stop.abort(new Error('enough')));
      const until = performance.now() + 10;
      while (performance.now() < until);
      return source.read(begin, end);
    };
    return { ...source, read };
  };
  const meter = transferMeter(
    () => {},
    () => 0,
  );
  await expect(checkWeights({ ...storage, open }, folderOf(id), meter, stop.signal)).rejects.toThrow('enough');
});
