import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adapterFolders, adapterRepository } from '../../../../tests/support/hub/adapters.ts';
import { brokenAfterStart, packing, startLocalHub, type LocalHub } from '../../../../tests/support/hub/local-hub.ts';
import { COMMIT, type HubModel } from '../../../../tests/support/hub/models.ts';
import { without } from '../../../core/without.ts';
import { OtherTabWrites } from '../other-tab.ts';
import { diskStorage } from '../storage-node.ts';
import { folderOf, type ModelStorage } from '../storage.ts';
import { listStoredAdapters } from './adapter-manifest.ts';
import { fetchAdapters, type FetchAdaptersOptions } from './fetch-adapters.ts';

const BASE = 'someone/clip';
const ONE = adapterRepository(1, BASE, 16);
const holding = (files: Record<string, Uint8Array>): HubModel => ({ commit: COMMIT, files });
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const read = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as object;
const REPOSITORIES: Record<string, HubModel> = {
  'a/one': ONE,
  'a/eight': adapterFolders(['t1', 't2', 'deep/t3'], BASE),
  'a/run': adapterFolders(['run', 'run/checkpoint-500', 'run-2'], BASE),
  'a/crowd': adapterFolders(
    Array.from({ length: 33 }, (_, i) => `t${i}`),
    BASE,
  ),
  'a/pickle': holding({ 'adapter_config.json': ONE.files['adapter_config.json'], 'adapter_model.bin': json('x') }),
  'a/model': holding({ 'config.json': json({}), 'model.safetensors': json({}) }),
  'a/pinned': holding({
    ...ONE.files,
    'adapter_config.json': json({ ...read(ONE.files['adapter_config.json']), revision: 'refs/pr/3' }),
  }),
  'a/loha': holding({ ...ONE.files, 'adapter_config.json': json({ peft_type: 'LOHA' }) }),
};

let hub: LocalHub;
let root: string;
let storage: ModelStorage;
beforeAll(async () => {
  hub = await startLocalHub(REPOSITORIES);
});
afterAll(() => hub.close());
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'copra-adapters-'));
  storage = diskStorage(root);
});
afterEach(() => {
  hub.reset();
  rmSync(root, { recursive: true, force: true });
});

const get = (text: string, options: FetchAdaptersOptions = {}) =>
  fetchAdapters(text, storage, { hub: hub.url, pause: 0.01, silence: 0.5, ...options });
const ids = async () => (await listStoredAdapters(storage)).map(({ id }) => id);
const WEIGHTS = 'adapter_model.safetensors';
const weightsAt = (id: string) => path.join(root, folderOf(id), WEIGHTS);

describe('an adapter of a hub', () => {
  it('is kept at its commit, with the SHA-256 that the hub names', async () => {
    const [manifest] = await get('a/one');
    expect(manifest).toMatchObject({ id: `a/one@${COMMIT}`, baseModel: BASE, licence: 'mit' });
    expect(manifest.files.map(({ name, confirmed }) => [name, confirmed])).toEqual([
      ['adapter_config.json', false],
      [WEIGHTS, true],
    ]);
    expect(new Uint8Array(readFileSync(weightsAt(manifest.id)))).toEqual(ONE.files[WEIGHTS]);
    expect(await ids()).toEqual([manifest.id]);
  });

  it('keeps the revision of the backbone it was trained for', async () => {
    expect((await get('a/pinned'))[0]).toMatchObject({ baseModel: BASE, baseRevision: 'refs/pr/3' });
    expect((await get('a/one'))[0].baseRevision).toBeNull();
  });

  it('is fetched once', async () => {
    await get('a/one');
    const sent = hub.weightBytes();
    await get('a/one');
    expect(hub.weightBytes()).toBe(sent);
  });

  it('stands in a repository of several: all of them, or those of a folder', async () => {
    expect((await get('a/eight')).map(({ id }) => id)).toEqual(
      ['t1', 't2', 'deep/t3'].map((folder) => `a/eight/${folder}@${COMMIT}`),
    );
    expect((await get('a/eight/t2')).map(({ id }) => id)).toEqual([`a/eight/t2@${COMMIT}`]);
    expect((await get(`${hub.url}/a/eight/tree/main/deep`)).map(({ id }) => id)).toEqual([`a/eight/deep/t3@${COMMIT}`]);
  });

  it('needs no connection once it is here, named with folder and commit', async () => {
    await get('a/eight/t1');
    hub.requests.length = 0;
    expect(await get(`a/eight/t1@${COMMIT}`)).toHaveLength(1);
    expect(hub.requests).toEqual([]);
  });
});

describe('a repository named with its commit alone', () => {
  const requestsOf = async (text: string) => {
    hub.requests.length = 0;
    const found = await get(text);
    return [found.length, hub.requests.length > 0];
  };

  it('needs no connection once all of its adapters are here', async () => {
    await get('a/one');
    expect(await requestsOf(`a/one@${COMMIT}`)).toEqual([1, false]);
    await get('a/eight/t1');
    expect(await requestsOf(`a/eight@${COMMIT}`)).toEqual([3, true]);
    expect(await requestsOf(`a/eight@${COMMIT}`)).toEqual([3, false]);
  });

  it('or a folder with others below it stands for the same ones the second time', async () => {
    const first = await get(`a/run/run@${COMMIT}`);
    expect(first).toHaveLength(2);
    hub.requests.length = 0;
    expect(await get(`a/run/run@${COMMIT}`)).toEqual(first);
    expect(hub.requests).toEqual([]);
    await storage.remove(folderOf(first[1].id));
    expect((await get(`a/run/run@${COMMIT}`)).map(({ id }) => id).sort()).toEqual(first.map(({ id }) => id).sort());
  });

  it('is asked once more where an earlier version did not keep which there are', async () => {
    const [manifest] = await get('a/one');
    const { id } = manifest;
    writeFileSync(path.join(root, folderOf(id), 'copra-adapter.json'), JSON.stringify(without(manifest, 'folders')));
    expect(await requestsOf(id)).toEqual([1, true]);
    expect(await requestsOf(id)).toEqual([1, false]);
  });
});

describe('a cut transfer', () => {
  it('goes on over further connections', async () => {
    hub.faults.cuts = 2;
    hub.faults.cutAfter = 40_000;
    const [{ id }] = await get('a/one');
    expect(new Uint8Array(readFileSync(weightsAt(id)))).toEqual(ONE.files[WEIGHTS]);
  });

  it('that was given up goes on where it ended', async () => {
    const stop = new AbortController();
    hub.faults.speed = 150_000;
    const onProgress: FetchAdaptersOptions['onProgress'] = ({ phase, doneBytes }) => {
      if (phase === 'weights' && doneBytes > 90_000) stop.abort(new Error('enough'));
    };
    await expect(get('a/one', { signal: stop.signal, onProgress })).rejects.toThrow('enough');
    expect(await ids()).toEqual([]);
    hub.faults.speed = 0;
    const before = hub.weightBytes();
    const [{ id }] = await get('a/one');
    const { length } = ONE.files[WEIGHTS];
    // The first request of a file, which tells its size, comes again.
    expect(hub.weightBytes() - before).toBeLessThan(length - 90_000 + 65_536 + 16_384);
    expect(new Uint8Array(readFileSync(weightsAt(id)))).toEqual(ONE.files[WEIGHTS]);
  });

  it.each([
    ['of a hub is kept, and it is said', 'a/one', /What has arrived is kept/, 1],
    ['of any server is not kept, and not said to be', null, /open the folder of the adapter here\.$/, 0],
  ])('%s', async (_, name, message, folders) => {
    const failed = get(name ?? `${hub.url}/a/one/resolve/${COMMIT}/`, {
      fetch: brokenAfterStart,
      ...(name === null ? { hub: 'https://hub.example' } : {}),
    });
    await expect(failed).rejects.toThrow(/fault \(503\)\. Try again later/);
    await expect(failed).rejects.toThrow(message);
    expect(await storage.folders()).toHaveLength(folders);
  });

  it('that left other bytes is not continued into a wrong file', async () => {
    const id = `a/one@${COMMIT}`;
    await get('a/one');
    rmSync(path.join(root, folderOf(id), 'copra-adapter.json'));
    truncateSync(weightsAt(id), 100_000);
    const bytes = readFileSync(weightsAt(id));
    bytes[90_000] ^= 1;
    writeFileSync(weightsAt(id), bytes);
    await expect(get('a/one')).rejects.toThrow(/SHA-256 .* but its hub names/);
    expect((await get('a/one'))[0].id).toBe(id);
  });
});

describe('what is no usable adapter', () => {
  it.each([
    ['a/none', /no model “a\/none”/],
    ['a/pickle', /can run code/],
    ['a/model', /no PEFT adapter: no folder/],
    ['a/eight/t9', /a\/eight\/t9 holds no PEFT adapter/],
    ['a/crowd', /33 adapters; name the folder of one \(a\/crowd\/t0\)/],
    ['a/loha', /a\/loha cannot be used\..*only LORA/],
  ])('%s is refused, and nothing is kept', async (text, message) => {
    await expect(get(text)).rejects.toThrow(message);
    expect(await storage.folders()).toEqual([]);
  });

  it('a gated repository says what to do', async () => {
    hub.faults.status.api = 401;
    await expect(get('a/one')).rejects.toThrow(/the adapter is private or gated.*open its folder here/);
  });

  it.each(['adapter_config.json', WEIGHTS])(
    'a full device at %s says what to do, and nothing is kept',
    async (full) => {
      const noRoom = () => Promise.reject(new DOMException('quota', 'QuotaExceededError'));
      const filling: ModelStorage = {
        ...storage,
        write: (folder, file, bytes) => (file === full ? noRoom() : storage.write(folder, file, bytes)),
        append: async (folder, file, keep) => ({ ...(await storage.append(folder, file, keep)), write: noRoom }),
      };
      await expect(fetchAdapters('a/one', filling, { hub: hub.url })).rejects.toThrow(
        'This device has no room for the adapter. Delete adapters, models or data sets',
      );
      expect(await storage.folders()).toEqual([]);
    },
  );

  it('what another tab is fetching stays its own', async () => {
    const busy: ModelStorage = { ...storage, append: () => Promise.reject(new OtherTabWrites('another tab')) };
    const address = `${hub.url}/a/one/resolve/${COMMIT}/`;
    await expect(fetchAdapters(address, busy, { hub: 'https://hub.example' })).rejects.toThrow('another tab');
    expect(await storage.folders()).toHaveLength(1);
  });

  it('damaged bytes are not kept', async () => {
    hub.faults.corrupt = true;
    await expect(get('a/one')).rejects.toThrow(/damaged on the way/);
    expect(await storage.folders()).toEqual([]);
  });

  it('a cut manifest is an unfinished adapter', async () => {
    const [{ id }] = await get('a/one');
    writeFileSync(path.join(root, folderOf(id), 'copra-adapter.json'), '{"version":1,');
    expect(await ids()).toEqual([]);
  });
});

describe('an adapter of any server', () => {
  const address = () => `${hub.url}/a/one/resolve/${COMMIT}/`;
  const getFolder = (text: string) => get(text, { hub: 'https://hub.example' });

  it('is named by the SHA-256 of its files, and opened again by it without a connection', async () => {
    const [manifest] = await getFolder(address());
    expect(manifest.id).toMatch(/^localhost:\d+\/a\/one\/resolve\/[0-9a-f]{40}@[0-9a-f]{64}$/);
    hub.requests.length = 0;
    expect(await getFolder(manifest.id)).toEqual([manifest]);
    expect(hub.requests).toEqual([]);
  });

  it('is fetched from a bucket that says 403 of what it lacks, and refused where it is forbidden', async () => {
    hub.faults.status = { 'copra.json': 403 };
    const [{ files }] = await getFolder(address());
    expect(files.map(({ name }) => name)).toEqual(['adapter_config.json', WEIGHTS]);
    hub.faults.status = { 'adapter_config.json': 403 };
    await expect(getFolder(address())).rejects.toThrow(/forbids access \(403\)/);
  });

  it('is the same where its server packs whatever it gives, which a browser refuses of parts', async () => {
    const [{ id }] = await getFolder(address());
    rmSync(path.join(root, folderOf(id)), { recursive: true });
    const [packed] = await get(address(), { hub: 'https://hub.example', fetch: packing });
    expect(packed.id).toBe(id);
    expect(new Uint8Array(readFileSync(weightsAt(id)))).toEqual(ONE.files[WEIGHTS]);
  });

  it('that has other files than its SHA-256 says is refused', async () => {
    await expect(getFolder(`${address().replace(/\/$/, '')}@${'c'.repeat(64)}`)).rejects.toThrow(/not cccccccccccc…/);
    expect(await storage.folders()).toEqual([]);
  });
});
