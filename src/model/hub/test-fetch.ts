/** Models on a local hub, well formed and not, for tests that fetch them. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { startLocalHub, type LocalHub } from '../../../tests/support/hub/local-hub.ts';
import { COMMIT, folderModel, type HubModel } from '../../../tests/support/hub/models.ts';
import { parseSafetensors } from '../safetensors.ts';
import { writeSafetensors, type OutputTensor } from '../write-safetensors.ts';
import { fetchModel, type FetchOptions } from './fetch-model.ts';
import type { TransferProgress } from './progress.ts';
import { diskStorage } from './storage-node.ts';
import { folderOf, type ModelStorage } from './storage.ts';

export const CLIP = folderModel('public/backbones/emoji-clip', 'mit');
export const VIT = folderModel('tests/golden/vit');
export const weightsOf = (model: HubModel) => model.files['model.safetensors'];

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
export const changed = (model: HubModel, change: (tensors: Record<string, OutputTensor>) => void): HubModel => {
  const tensors = tensorsOf(model);
  change(tensors);
  return withWeights(model, { 'model.safetensors': writeSafetensors(tensors) });
};
export function sharded(model: HubModel): HubModel {
  const entries = Object.entries(tensorsOf(model));
  const parts = [entries.filter((_, i) => i % 2 === 0), entries.filter((_, i) => i % 2 === 1)];
  const names = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
  const map = Object.fromEntries(parts.flatMap((part, i) => part.map(([name]) => [name, names[i]])));
  const index = new TextEncoder().encode(JSON.stringify({ metadata: { total_size: 1 }, weight_map: map }));
  const files = Object.fromEntries(parts.map((part, i) => [names[i], writeSafetensors(Object.fromEntries(part))]));
  return withWeights(model, { ...files, 'model.safetensors.index.json': index });
}
/** Tensors no backbone needs, between those it does and far larger than them. */
export const padded = changed(VIT, (tensors) => {
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
export const cut = (bytes: Uint8Array, count: number) => bytes.subarray(0, bytes.length - count);
export const lying = (() => {
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
export const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const withFile = (model: HubModel, name: string, bytes: Uint8Array): HubModel => ({
  ...model,
  files: { ...model.files, [name]: bytes },
});

/** As transformers 5 saves it: the preparation of images stands among the processor's. @param left what the file of its own says besides */
function saidByProcessor(
  { files: { 'preprocessor_config.json': images, ...files }, ...model }: HubModel,
  left?: unknown,
): HubModel {
  const image_processor = JSON.parse(new TextDecoder().decode(images)) as unknown;
  const processor = withFile({ ...model, files }, 'processor_config.json', json({ image_processor }));
  return left === undefined ? processor : withFile(processor, 'preprocessor_config.json', json(left));
}

export const MODELS: Record<string, HubModel> = {
  'local/clip': CLIP,
  'local/vit': VIT,
  'local/processor': saidByProcessor(CLIP),
  'local/old-processor': withFile(CLIP, 'processor_config.json', json({ processor_class: 'CLIPProcessor' })),
  'local/start-page': withFile(CLIP, 'processor_config.json', new TextEncoder().encode('<!doctype html>')),
  'local/both-processors': saidByProcessor(CLIP, { image_mean: [0.1, 0.1, 0.1] }),
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

export let hub: LocalHub;
export let root: string;
export let storage: ModelStorage;
/** A hub with these models for a test file, and an empty storage for each test. */
export function serveModels(): void {
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
}

export const get = (name: string, options: FetchOptions = {}) =>
  fetchModel(name, storage, { hub: hub.url, pause: 0.01, silence: 0.5, ...options });
export const idOf = (name: string) => `${name}@${COMMIT}`;

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
export const origin = (file: string, bytes: Uint8Array) => ({ file, sha256: sha256(bytes), confirmed: true });

/** The folder of a repository as a server that is no hub. */
export const folderAt = (repo: string) => `${hub.url}/${repo}/resolve/${COMMIT}/`;
export const getFolder = (address: string, options: FetchOptions = {}) =>
  get(address, { hub: 'https://hub.example', ...options });
export const revisionOf = (id: string) => id.slice(id.lastIndexOf('@') + 1);
export const pathOf = (id: string, file: string) => path.join(root, folderOf(id), file);

/** Changes one byte of a file on the device; its length stays. */
export function damage(id: string, file: string, at?: number): void {
  const bytes = readFileSync(pathOf(id, file));
  bytes[at ?? Math.floor(bytes.length / 2)] ^= 1;
  writeFileSync(pathOf(id, file), bytes);
}

/** A fetch that ends when so many bytes of weights have come. */
export async function interrupted(address: string, bytes: number): Promise<void> {
  hub.faults.speed = 3_000_000;
  const stop = new AbortController();
  const onProgress = ({ phase, doneBytes }: TransferProgress) => {
    if (phase === 'weights' && doneBytes > bytes) stop.abort(new Error('enough'));
  };
  await expect(getFolder(address, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
  hub.faults.speed = 0;
}
