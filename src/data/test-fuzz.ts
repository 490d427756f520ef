/** Fuzzing of every reader, for the tests (10,000 inputs each) and for scripts/fuzz-data.ts (as many as you like). */
import { gzipSync, zipSync } from 'fflate';
import { stream, type Rng } from '../core/rng.ts';
import { testTar } from './archive/test-tar.ts';
import { readFiles } from './dataset/reader.ts';
import { dimensionsOf, isSvg } from './image/image-header.ts';
import { testParquet } from './formats/test-parquet.ts';
import { bytesOf, fakeTree, memoryFiles } from './test-files.ts';
import { mutated } from './test-mutate.ts';

export interface Fuzzed {
  readonly inputs: number;
  /** Plans that could be trained on all the same. */
  readonly usable: number;
}

type Target = (rng: Rng) => Promise<boolean>;

/** Opens what is dropped and reads some of it; must end in a plan whatever the bytes are. */
async function openAndRead(files: Readonly<Record<string, Uint8Array>>): Promise<boolean> {
  const reader = await readFiles(memoryFiles(files));
  const { plan } = reader;
  const wanted = plan.images.slice(0, 4).map(({ record }) => record);
  const seen = new Set<number>();
  for await (const outcome of reader.read(wanted)) {
    if (seen.has(outcome.at) || !wanted.includes(outcome.at)) throw new Error('an image came twice or unasked');
    seen.add(outcome.at);
    if ('value' in outcome && !(outcome.value instanceof Uint8Array)) {
      const { width, height, channels, data } = outcome.value;
      if (data.length !== width * height * channels) throw new Error('pixels do not fit their size');
    }
  }
  if (seen.size !== wanted.length) throw new Error('an image was neither read nor failed');
  const usable = !plan.problems.some(({ severity }) => severity === 'error');
  if (usable && plan.classes.length < 2) throw new Error('too few classes and no error');
  if (!usable && plan.problems.length === 0) throw new Error('nothing is usable and nobody says why');
  return usable;
}

/** Damages one of the files. */
const damaging = (files: Readonly<Record<string, Uint8Array | string>>, names = Object.keys(files)): Target => {
  const whole = Object.fromEntries(Object.entries(files).map(([name, content]) => [name, bytesOf(content)]));
  return (rng) => {
    const name = names[rng.integer(names.length)];
    return openAndRead({ ...whole, [name]: mutated(whole[name], rng) });
  };
};

const tree = fakeTree(['cat', 'dog'], 5);
const bytesTree = Object.fromEntries(Object.entries(tree).map(([name, text]) => [name, bytesOf(text)]));
const rows = [
  'file,label,split',
  ...Object.keys(tree).map((name, i) => `${name},"${i % 2 ? 'a, b' : 'c'}",train`),
].join('\n');
const png = btoa('\x89PNG\r\n\x1a\n and forty more characters of an image');
const lines = Array.from({ length: 10 }, (_, i) =>
  JSON.stringify({ image: { bytes: png }, label: i % 2, x: 'é' }),
).join('\n');

function idx(dims: readonly number[]): Uint8Array {
  const count = dims.reduce((product, dim) => product * dim, 1);
  const bytes = new Uint8Array(4 + 4 * dims.length + count).map((_, i) => i % 2);
  bytes.set([0, 0, 8, dims.length]);
  dims.forEach((dim, i) => new DataView(bytes.buffer).setUint32(4 + 4 * i, dim));
  return bytes;
}

function npy(shape: string, descr: string, bytes: number): Uint8Array {
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }`.padEnd(117) + '\n';
  return Uint8Array.from([
    0x93,
    ...bytesOf('NUMPY'),
    1,
    0,
    dict.length,
    0,
    ...bytesOf(dict),
    ...new Uint8Array(bytes).map((_, i) => i % 2),
  ]);
}

const samples = Object.fromEntries(
  Array.from({ length: 10 }, (_, i) => i).flatMap((i) => [
    [`${i}.jpg`, `image ${i}`],
    [`${i}.cls`, String(i % 2)],
    [`${i}.json`, `{"label": "${i % 2}", "meta": {"a": ${i}}}`],
  ]),
);
const headers = [
  [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0, 0, 0, 1, 0],
  [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc0, 0, 11, 8, 0, 20, 0, 30, 3, 0, 0, 0, 0],
  [...bytesOf('RIFF....WEBPVP8X'), 10, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 30, 0, 0],
  [...bytesOf('....ftypavif....meta....ispe'), 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0],
  [...bytesOf('<?xml version="1.0"?><!-- x --><svg width="10"/>')],
];

export const TARGETS: Readonly<Record<string, Target>> = {
  zip: damaging({ 'a.zip': zipSync({ ...bytesTree, 'x/': new Uint8Array(0) }, { mtime: '2020-01-01' }) }),
  tar: damaging({ 'a.tar': testTar(tree, { links: ['cat/link'] }) }),
  'tar.gz': damaging({ 'a.tar.gz': gzipSync(testTar(tree)) }),
  webdataset: damaging({ 'a.tar': testTar(samples) }),
  csv: damaging({ ...tree, 'labels.csv': rows }, ['labels.csv']),
  jsonl: damaging({ 'a.jsonl': lines }),
  idx: damaging({
    'a-images-idx3-ubyte': idx([8, 3, 3]),
    'a-labels-idx1-ubyte': idx([8]),
    'b-labels-idx1-ubyte.gz': gzipSync(idx([8])),
  }),
  cifar: damaging({
    'train.bin': Uint8Array.from({ length: 8 * 3074 }, (_, i) => Math.floor(i / 3074) % 2),
    'fine_label_names.txt': 'a\nb\n',
  }),
  npy: damaging({ 'x_train.npy': npy('8, 4, 4', '<f4', 512), 'y_train.npy': npy('8,', '|u1', 8) }),
  npz: damaging({
    'a.npz': zipSync({ 'x.npy': npy('8, 4, 4', '|u1', 128), 'y.npy': npy('8,', '|u1', 8) }, { mtime: '2020-01-01' }),
  }),
  parquet: damaging({ 'a.parquet': testParquet({ rows: 12, names: ['a', 'b'], rowGroupSize: 4 }) }),
  'image headers': async (rng) => {
    const bytes = mutated(Uint8Array.from(headers[rng.integer(headers.length)]), rng);
    isSvg(bytes);
    return dimensionsOf(bytes) !== null;
  },
};

/** @throws whatever a reader throws, with the number of the input that made it */
export async function fuzz(name: string, inputs: number, seed: number): Promise<Fuzzed> {
  let usable = 0;
  for (let i = 0; i < inputs; i++) {
    try {
      if (await TARGETS[name](stream(seed, 'analysis', i))) usable++;
    } catch (cause) {
      throw new Error(`${name}, seed ${seed}, input ${i}: ${String(cause)}`, { cause });
    }
  }
  return { inputs, usable };
}
