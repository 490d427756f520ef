import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { testTar } from '../archive/test-tar.ts';
import { hasModules, sayUnchecked } from '../../../tests/support/python.ts';
import { bytesOf, contents, madeBy, messagesOf, openDropped, run } from '../test-files.ts';
import { byteScale, shapeOf, toPixels } from './array-images.ts';
import { cifarImage } from './cifar.ts';
import { idxHeader } from './idx.ts';
import { npyHeader, npyNumbers } from './npy.ts';
import type { RawImage } from './records.ts';

/** IDX bytes of u8 values. */
export function idx(dims: readonly number[], values: ArrayLike<number>, type = 8): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * dims.length + values.length);
  bytes.set([0, 0, type, dims.length]);
  dims.forEach((dim, i) => new DataView(bytes.buffer).setUint32(4 + 4 * i, dim));
  bytes.set(Array.from(values), 4 + 4 * dims.length);
  return bytes;
}

const digits = (count: number) =>
  idx(
    [count, 5, 6],
    Array.from({ length: count * 30 }, (_, i) => i % 251),
  );
const labels = (count: number) =>
  idx(
    [count],
    Array.from({ length: count }, (_, i) => i % 3),
  );

describe('openIdx', () => {
  it.each([false, true])('pairs images and labels by name; gzipped: %s', async (packed) => {
    const pack = (bytes: Uint8Array) => (packed ? gzipSync(bytes) : bytes);
    const suffix = packed ? '.gz' : '';
    const reader = await openDropped({
      [`train-images-idx3-ubyte${suffix}`]: pack(digits(30)),
      [`train-labels-idx1-ubyte${suffix}`]: pack(labels(30)),
      [`t10k-images-idx3-ubyte${suffix}`]: pack(digits(12)),
      [`t10k-labels-idx1-ubyte${suffix}`]: pack(labels(12)),
    });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ layout: 'idx', classes: ['0', '1', '2'], counts: [14, 14, 14] });
    expect(reader.plan.images.filter(({ side }) => side === 'test')).toHaveLength(12);
    const image = (await contents(reader, [7, 31])).get(7) as RawImage;
    expect(image).toMatchObject({ width: 6, height: 5, channels: 1 });
    expect(image.data[3]).toBe((7 * 30 + 3) % 251);
  });

  it('goes on with what a cut file still holds and names the rest', async () => {
    const reader = await openDropped({
      'a-images-idx3-ubyte': digits(30).slice(0, 16 + 30 * 20 + 5),
      'a-labels-idx1-ubyte': labels(18),
      'b-images-idx3-ubyte': digits(7),
      'c-images-idx3-ubyte': 'no idx',
    });
    expect(reader.plan.counts).toEqual([6, 6, 6]);
    expect(messagesOf(reader)).toMatch(/is cut off: it says 30 images and holds 20 images/);
    expect(messagesOf(reader)).toMatch(/has 20 images but only 18 labels/);
    expect(messagesOf(reader)).toMatch(/"b-images-idx3-ubyte" left out: no file of labels/);
    expect(messagesOf(reader)).toMatch(/"c-images-idx3-ubyte" left out: it is no IDX file/);
  });

  it('reads a lying header without believing it', () => {
    expect(idxHeader(idx([0xffffffff, 28, 28], []))).toEqual({ type: 8, dims: [0xffffffff, 28, 28], offset: 16 });
    expect(idxHeader(bytesOf('\x00\x00\x08\x09aaaaaaaaaaaaaaaa'))).toBe(null);
    expect(idxHeader(new Uint8Array(3))).toBe(null);
  });
});

describe('openCifar', () => {
  const records = (count: number, header: (i: number) => number[]) => {
    const bytes = Array.from({ length: count }, (_, i) => [...header(i), ...new Uint8Array(3072).fill(i)]);
    return Uint8Array.from(bytes.flat());
  };
  const names = Array.from({ length: 10 }, (_, i) => `name ${i}`).join('\n');

  it('reads the batches of CIFAR-10 with their names, also inside of a tar.gz', async () => {
    const batch = records(20, (i) => [i % 4]);
    const files = { 'c/data_batch_1.bin': batch, 'c/test_batch.bin': batch, 'c/batches.meta.txt': names };
    for (const dropped of [files, { 'cifar-10-binary.tar.gz': gzipSync(testTar(files)) }]) {
      const reader = await openDropped(dropped);
      expect(messagesOf(reader)).toBe('');
      expect(reader.plan).toMatchObject({
        layout: 'cifar',
        name: 'CIFAR-10',
        classes: ['name 0', 'name 1', 'name 2', 'name 3'],
        counts: [10, 10, 10, 10],
      });
      const image = (await contents(reader, [25])).get(25) as RawImage;
      expect(image).toMatchObject({ width: 32, height: 32, channels: 3 });
      expect(image.data[99]).toBe(5);
    }
  });

  it('reads both labels of CIFAR-100 and names what is strange', async () => {
    const reader = await openDropped({
      'train.bin': records(16, (i) => [i % 2, i % 4]),
      'test.bin': records(9, () => [250, 250]).slice(0, -4),
    });
    expect(reader.plan).toMatchObject({ labelColumn: 'fine', classes: ['0', '1', '2', '3'], counts: [4, 4, 4, 4] });
    expect((await reader.relabel('coarse')).plan.classes).toEqual(['0', '1']);
    expect(messagesOf(reader)).toMatch(/8 labels in "test\.bin" name no class/);
    expect(messagesOf(reader)).toMatch(/its size is not a multiple of 3074/);
  });

  it('turns planes into pixels', () => {
    const planes = Uint8Array.from({ length: 3072 }, (_, i) => Math.floor(i / 1024) * 50 + (i % 7));
    expect([...cifarImage(planes).data.subarray(3, 6)]).toEqual([
      1,
      1024 % 7 === 2 ? 53 : 50 + (1025 % 7),
      100 + (2049 % 7),
    ]);
  });
});

const numpy = hasModules('numpy');
if (!numpy) sayUnchecked('arrays against NumPy');
const python = (code: string, ...names: string[]) =>
  madeBy((folder) => {
    run(folder, 'python3', '-c', `import numpy as np\nr = np.random.default_rng(1)\n${code}`);
    return names;
  });

describe.runIf(numpy)('openArrays, on what NumPy writes', () => {
  it('reads npz, packed or not, with splits and column labels, like MedMNIST', async () => {
    const code = `a = dict(train_images=r.integers(0, 256, (20, 6, 5, 3), dtype=np.uint8), train_labels=(np.arange(20) % 4).reshape(20, 1),
      test_images=r.integers(0, 256, (8, 6, 5, 3), dtype=np.uint8), test_labels=(np.arange(8) % 4).reshape(8, 1))
np.savez('a.npz', **a)
np.savez_compressed('b.npz', **a)
open('pixel.txt', 'w').write(str(int(a['train_images'][7, 2, 3, 1])))`;
    const made = python(code, 'a.npz', 'b.npz', 'pixel.txt');
    for (const name of ['a.npz', 'b.npz']) {
      const reader = await openDropped({ [name]: made[name] });
      expect(messagesOf(reader)).toBe('');
      expect(reader.plan).toMatchObject({ layout: 'arrays', classes: ['0', '1', '2', '3'], counts: [7, 7, 7, 7] });
      expect(reader.plan.images.filter(({ side }) => side === 'test')).toHaveLength(8);
      const image = (await contents(reader, [7])).get(7) as RawImage;
      expect(image).toMatchObject({ width: 5, height: 6, channels: 3 });
      expect(image.data[(2 * 5 + 3) * 3 + 1]).toBe(Number(new TextDecoder().decode(made['pixel.txt'])));
    }
  });

  it.each([
    ['floats 0 … 1', "r.random((12, 8, 8)).astype('f4')", 'x[5, 2, 3] * 255'],
    ['floats −1 … 1, planes', "(r.random((12, 3, 8, 8)) * 2 - 1).astype('>f8')", '(x[5, 0, 2, 3] + 1) * 127.5'],
    ['halves', "r.random((12, 8, 8, 1)).astype('f2')", 'x[5, 2, 3, 0] * 255'],
    ['flat 16-bit', "(r.random((12, 64)) * 60000).astype('<u2')", '(x[5, 19] - x.min()) / (x.max() - x.min()) * 255'],
    ['truth values', 'r.random((12, 8, 8)) > 0.5', 'x[5, 2, 3] * 255'],
    ['64-bit integers', "r.integers(0, 200, (12, 8, 8)).astype('>i8')", 'x[5, 2, 3]'],
  ])('reads %s with text labels', async (_, values, expected) => {
    const code = `x = ${values}\nnp.save('x_train.npy', x)\nnp.save('y_train.npy', np.array(['chat', 'chien né'])[np.arange(12) % 2])
open('pixel.txt', 'w').write(str(float(${expected})))`;
    const made = python(code, 'x_train.npy', 'y_train.npy', 'pixel.txt');
    const reader = await openDropped({ 'd/x_train.npy': made['x_train.npy'], 'd/y_train.npy': made['y_train.npy'] });
    expect(reader.plan).toMatchObject({ classes: ['chat', 'chien né'], counts: [6, 6] });
    const image = (await contents(reader, [5])).get(5) as RawImage;
    const pixel = Number(new TextDecoder().decode(made['pixel.txt']));
    expect(Math.abs(image.data[(2 * 8 + 3) * image.channels] - pixel)).toBeLessThanOrEqual(1);
  });

  it('takes arrays without labels for one class each, and says what is not read', async () => {
    const code = `for n in ['cat', 'dog']: np.save(n + '.npy', r.integers(0, 256, (9, 784), dtype=np.uint8))
np.save('fortran.npy', np.asfortranarray(np.zeros((9, 8, 8))))
np.save('objects.npy', np.array([{}, 1], dtype=object), allow_pickle=True)
np.save('cube.npy', np.zeros((2, 2, 2, 2, 2)))`;
    const names = ['cat.npy', 'dog.npy', 'fortran.npy', 'objects.npy', 'cube.npy'];
    const reader = await openDropped(python(code, ...names));
    expect(reader.plan).toMatchObject({ classes: ['cat', 'dog'], counts: [9, 9] });
    expect(messagesOf(reader)).toMatch(/"fortran\.npy" left out: it is in Fortran order/);
    expect(messagesOf(reader)).toMatch(/"objects\.npy" left out: it holds pickled/);
    expect(messagesOf(reader)).toMatch(/"cube\.npy" left out: the shape/);
  });

  it('agrees with the IDX and CIFAR files that Python writes', async () => {
    const code = `import struct
x = r.integers(0, 256, (16, 4, 3), dtype=np.uint8); y = (np.arange(16) % 2).astype(np.uint8)
open('t-images-idx3-ubyte', 'wb').write(struct.pack('>IIII', 0x803, *x.shape) + x.tobytes())
open('t-labels-idx1-ubyte', 'wb').write(struct.pack('>II', 0x801, 16) + y.tobytes())
np.savez('same.npz', x=x, y=y)`;
    const made = python(code, 't-images-idx3-ubyte', 't-labels-idx1-ubyte', 'same.npz');
    const { 'same.npz': npz, ...idxFiles } = made;
    const [a, b] = await Promise.all([openDropped(idxFiles), openDropped({ 'same.npz': npz })]);
    expect(a.plan.counts).toEqual(b.plan.counts);
    expect(await contents(a)).toEqual(await contents(b));
  });
});

describe('arrays', () => {
  it('knows the usual shapes', () => {
    const of = (...shape: number[]) => shapeOf({ kind: 'u', shape });
    expect(of(5, 28, 28)).toMatchObject({ width: 28, height: 28, channels: 1 });
    expect(of(5, 3, 30, 20)).toMatchObject({ width: 20, height: 30, channels: 3, planar: true });
    expect(of(5, 30, 20, 4)).toMatchObject({ channels: 4, planar: false });
    expect(of(5, 3072)).toMatchObject({ width: 32, channels: 3, planar: true });
    expect(of(5, 10)).toBe(null);
    expect(of(5)).toBe(null);
  });

  it('stretches strange ranges and survives what is no number', () => {
    expect(byteScale([[NaN, Infinity]])).toEqual({ scale: { factor: 1, shift: 0 }, stretched: false });
    const { scale, stretched } = byteScale([[-3, 500]]);
    expect(stretched).toBe(true);
    const shape = { width: 2, height: 1, channels: 1, planar: false };
    expect([...toPixels([-3, 500], shape, scale).data]).toEqual([0, 255]);
    expect([...toPixels([NaN, 1e9], shape, scale).data]).toEqual([0, 255]);
  });

  it('refuses damaged headers with a reason', () => {
    const header = (dict: string) =>
      Uint8Array.from([0x93, ...bytesOf('NUMPY'), 1, 0, dict.length, 0, ...bytesOf(dict)]);
    expect(() => npyHeader(header("{'descr': '<f4', 'fortran_order': False, 'shape': (3, -4), }"))).toThrow(/damaged/);
    expect(() => npyHeader(header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3,), }"))).toThrow(
      /records/,
    );
    expect(() => npyHeader(header("{'descr': '<c8', 'fortran_order': False, 'shape': (3,), }"))).toThrow(/c8/);
    const good = npyHeader(header("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }"));
    expect([...npyNumbers(Uint8Array.of(1, 2), good, 3)]).toEqual([1, 2]);
  });
});
