import { describe, expect, it } from 'vitest';
import { testTar } from '../archive/test-tar.ts';
import { gzipped } from '../../../tests/support/bytes.ts';
import { readBytes } from '../../../tests/support/files.ts';
import { bytesOf, contents, dropped, messagesOf, openDropped, type Content } from '../test-files.ts';
import { openReader, type DatasetReader } from '../dataset/reader.ts';
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
    const pack = async (bytes: Uint8Array) => (packed ? gzipped(bytes) : bytes);
    const suffix = packed ? '.gz' : '';
    const reader = await openDropped({
      [`train-images-idx3-ubyte${suffix}`]: await pack(digits(30)),
      [`train-labels-idx1-ubyte${suffix}`]: await pack(labels(30)),
      [`t10k-images-idx3-ubyte${suffix}`]: await pack(digits(12)),
      [`t10k-labels-idx1-ubyte${suffix}`]: await pack(labels(12)),
    });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ layout: 'idx', classes: ['0', '1', '2'], counts: [14, 14, 14] });
    expect(reader.plan.images.filter(({ side }) => side === 'test')).toHaveLength(12);
    const image = (await contents(reader, [7, 31])).get(7) as RawImage;
    expect(image).toMatchObject({ width: 6, height: 5, channels: 1 });
    expect(image.data[3]).toBe((7 * 30 + 3) % 251);
  });

  it('keeps data sets apart that lie side by side, as those of EMNIST, and joins splits and parts', async () => {
    const set = (name: string, classes: number) =>
      Object.fromEntries(
        ['train', 'test'].flatMap((side) => [
          [`gzip/${name}-${side}-images-idx3-ubyte`, digits(30)],
          [
            `gzip/${name}-${side}-labels-idx1-ubyte`,
            idx(
              [30],
              Array.from({ length: 30 }, (_, i) => i % classes),
            ),
          ],
        ]),
      );
    const reader = await openDropped({ ...set('emnist-balanced', 3), ...set('emnist-letters', 5) });
    expect(reader.plan).toMatchObject({
      classes: ['0', '1', '2'],
      counts: [20, 20, 20],
      labelColumn: 'gzip/emnist-balanced',
    });
    expect(messagesOf(reader)).toMatch(/“gzip\/emnist-balanced” is used; .*: gzip\/emnist-letters\./);
    const letters = await reader.relabel({ labelColumn: 'gzip/emnist-letters' });
    expect(letters.plan.counts).toEqual([12, 12, 12, 12, 12]);
    const parts = await openDropped({
      'train/part-images-1.idx': digits(30),
      'train/part-labels-1.idx': labels(30),
      'test/part-images-2.idx': digits(12),
      'test/part-labels-2.idx': labels(12),
    });
    expect(parts.plan).toMatchObject({ counts: [14, 14, 14], columns: [] });
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
    expect(messagesOf(reader)).toMatch(/“b-images-idx3-ubyte” left out: no file of labels/);
    expect(messagesOf(reader)).toMatch(/“c-images-idx3-ubyte” left out: it is no IDX file/);
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
    const files = { 'dev/data_batch_1.bin': batch, 'dev/test_batch.bin': batch, 'dev/batches.meta.txt': names };
    for (const dropped of [files, { 'cifar-10-binary.tar.gz': await gzipped(testTar(files)) }]) {
      const reader = await openDropped(dropped);
      expect(messagesOf(reader)).toBe('');
      expect(reader.plan).toMatchObject({
        layout: 'cifar',
        name: 'CIFAR-10',
        classes: ['name 0', 'name 1', 'name 2', 'name 3'],
        counts: [10, 10, 10, 10],
      });
      for (const { path, side } of reader.plan.images)
        expect(side).toBe(path.includes('test_batch') ? 'test' : 'train');
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
    expect((await reader.relabel({ labelColumn: 'coarse' })).plan.classes).toEqual(['0', '1']);
    expect(messagesOf(reader)).toMatch(/8 labels in “test\.bin” name no class/);
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

describe('openArrays, on files that NumPy wrote (tests/golden/datasets)', () => {
  const golden = (name: string) => readBytes(`tests/golden/datasets/${name}`);

  it.each(['stored.npz', 'packed.npz'])('reads %s with its splits', async (name) => {
    const reader = await openDropped({ [name]: golden(name) });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ layout: 'arrays', classes: ['0', '1', '2', '3'], counts: [6, 6, 6, 6] });
    expect(reader.plan.images.filter(({ side }) => side === 'test')).toHaveLength(8);
  });

  it('reads npy with labels as text', async () => {
    const reader = await openDropped({ 'x_train.npy': golden('x_train.npy'), 'y_train.npy': golden('y_train.npy') });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ classes: ['chat', 'chien né'], counts: [8, 8] });
    const image = (await contents(reader, [7])).get(7) as RawImage;
    expect(image).toMatchObject({ width: 5, height: 6, channels: 3 });
    expect([...image.data.subarray(39, 42)]).toEqual([80, 48, 54]); // row 2, column 3
  });
});

/** An npy file of bytes. */
const npy = (shape: readonly number[], values: ArrayLike<number>): Uint8Array =>
  npyOf('|u1', shape, Uint8Array.from(values));

function npyOf(type: string, shape: readonly number[], values: Uint8Array): Uint8Array {
  const dict = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join()},), }`.padEnd(117) + '\n';
  return Uint8Array.from([0x93, ...bytesOf('NUMPY'), 1, 0, dict.length, 0, ...bytesOf(dict), ...values]);
}

describe('openArrays', () => {
  const twenty = npy(
    [20],
    Array.from({ length: 20 }, (_, i) => i % 2),
  );
  /** The largest byte of the images. */
  const brightest = async (reader: DatasetReader) =>
    Math.max(...[...(await contents(reader)).values()].flatMap((image) => [...(image as RawImage).data]));

  it('tells the range of values by images from all of a file, also where the first are blank', async () => {
    const values = Array.from({ length: 80 * 64 }, (_, i) => (i < 40 * 64 ? 0 : i % 256));
    const two = Array.from({ length: 80 }, (_, i) => i % 2);
    const packed = await gzipped(idx([80, 8, 8], values));
    for (const files of [
      { 'x.npy': npy([80, 8, 8], values), 'y.npy': npy([80], two) },
      { 'arrays.tar.gz': await gzipped(testTar({ 'x.npy': npy([80, 8, 8], values), 'y.npy': npy([80], two) })) },
      { 'a-images-idx3-ubyte.gz': packed, 'a-labels-idx1-ubyte': idx([80], two) },
    ] as readonly Record<string, Content>[]) {
      const reader = await openDropped(files);
      expect(messagesOf(reader)).toBe('');
      expect((await contents(reader, [79])).get(79)).toMatchObject({
        data: Uint8Array.from({ length: 64 }, (_, i) => (79 * 64 + i) % 256),
      });
    }
  });

  it('reads IDX files of zeros and ones as black and white', async () => {
    const reader = await openDropped({
      'a-images-idx3-ubyte': idx(
        [20, 8, 8],
        Array.from({ length: 20 * 64 }, (_, i) => i % 2),
      ),
      'a-labels-idx1-ubyte': idx(
        [20],
        Array.from({ length: 20 }, (_, i) => i % 2),
      ),
    });
    expect(messagesOf(reader)).toBe('');
    expect(await brightest(reader)).toBe(255);
  });

  it('uses the largest of arrays of several sizes, which may hold the same images', async () => {
    const values = (side: number) => Array.from({ length: 20 * side * side }, (_, i) => i % 256);
    const reader = await openDropped({
      'images_8.npy': npy([20, 8, 8], values(8)),
      'images_16.npy': npy([20, 16, 16], values(16)),
      'labels.npy': twenty,
    });
    expect(reader.plan.counts).toEqual([10, 10]);
    expect(reader.plan.images[0].path).toMatch(/^images_16/);
    expect(messagesOf(reader)).toMatch(
      /“images_8\.npy” left out: “images_16\.npy” is used, and these may be the same images in another size/,
    );
  });

  it.each([
    ['is cut off before its first image', /says 20 images and holds 0 /],
    ['cannot be read', /“big\.npy” left out: gone/],
  ])('uses smaller arrays where the largest %s', async (why, said) => {
    const values = (side: number) => Array.from({ length: 20 * side * side }, (_, i) => i % 256);
    const big = npy([20, 16, 16], values(16));
    const files = dropped({
      'big.npy': why === 'cannot be read' ? big : big.subarray(0, 200),
      'small.npy': npy([20, 8, 8], values(8)),
      'labels.npy': twenty,
    });
    const blob = files[0].blob as Blob;
    const slice = blob.slice.bind(blob);
    blob.slice = (begin = 0, end) => {
      if (begin > 0 && why === 'cannot be read') throw new Error('gone');
      return slice(begin, end);
    };
    const reader = await openReader({ kind: 'files', files }, {});
    expect(reader.plan.counts).toEqual([10, 10]);
    expect(reader.plan.images[0].path).toMatch(/^small/);
    expect(messagesOf(reader)).toMatch(said);
    expect(messagesOf(reader)).not.toMatch(/is used/);
  });

  it('stretches values that stay far below 255, and says so', async () => {
    const values = Array.from({ length: 20 * 64 }, (_, i) => i % 17);
    const doubles = new Uint8Array(Float64Array.from(values).buffer);
    for (const x of [npyOf('<f8', [20, 8, 8], doubles), npy([20, 8, 8], values)]) {
      const reader = await openDropped({ 'x.npy': x, 'y.npy': twenty });
      expect(messagesOf(reader)).toMatch(/of “x\.npy” lie in 0 … 16; this range was stretched/);
      expect(await brightest(reader)).toBe(255);
    }
  });

  it.each<[string, Record<string, Content>]>([
    [
      'IDX files',
      {
        'a-images-idx3-ubyte': digits(20),
        'a-labels-idx1-ubyte': labels(20),
        'b-images-idx3-ubyte': idx([9, 8, 8], new Uint8Array(9 * 64 - 1).fill(17)),
      },
    ],
    [
      'arrays',
      {
        'x.npy': npy([20, 5, 6], new Uint8Array(600).fill(251)),
        'y.npy': twenty,
        'z.npy': npy([9, 8, 8], new Uint8Array(9 * 64 - 1).fill(17)),
      },
    ],
  ])('of images without labels, only says that they are left out: %s', async (_, files) => {
    const reader = await openDropped(files);
    expect(reader.plan.problems).toHaveLength(1);
    expect(messagesOf(reader)).toMatch(/left out/);
  });

  it('reads masks of 0 and 1 as black and white, in arrays and in tables', async () => {
    const values = Array.from({ length: 20 * 64 }, (_, i) => (i * i) % 2);
    const masks = await openDropped({ 'x.npy': npy([20, 8, 8], values), 'y.npy': twenty });
    const header = ['label', ...Array.from({ length: 64 }, (_, i) => `pixel${i}`)];
    const rows = Array.from({ length: 20 }, (_, i) => [i % 2, ...values.slice(64 * i, 64 * i + 64)]);
    const table = await openDropped({ 'x.csv': [header, ...rows].map((row) => row.join()).join('\n') });
    for (const reader of [masks, table]) {
      expect(messagesOf(reader)).toBe('');
      expect(await brightest(reader)).toBe(255);
    }
  });

  it.each([true, false])('tells flat colour images by their smoothness; planes: %s', async (planar) => {
    const colour = (x: number, y: number, c: number, i: number) => [20 * x + i, 250 - 20 * y, 5 * (x + y) + 90][c];
    const flat = (i: number) =>
      Array.from({ length: 192 }, (_, at) => {
        const [pixel, c] = planar ? [at % 64, Math.floor(at / 64)] : [Math.floor(at / 3), at % 3];
        return colour(pixel % 8, Math.floor(pixel / 8), c, i);
      });
    const rows = Array.from({ length: 20 }, (_, i) => flat(i));
    const header = ['label', ...Array.from({ length: 192 }, (_, i) => `pixel${i}`)];
    const csv = [header, ...rows.map((row, i) => [i % 2, ...row])].map((row) => row.join()).join('\n');
    const either: Record<string, Content>[] = [
      { 'x.npy': npy([20, 192], rows.flat()), 'y.npy': twenty },
      { 'x.csv': csv },
    ];
    for (const files of either) {
      const reader = await openDropped(files);
      expect(messagesOf(reader)).toMatch(planar ? /colour by colour/ : /pixel by pixel/);
      const image = (await contents(reader, [5])).get(5) as RawImage;
      expect([...image.data.subarray(33, 36)]).toEqual([0, 1, 2].map((c) => colour(3, 1, c, 5)));
    }
  });

  const pictures = (count: number, side = 8) =>
    npy(
      [count, side, side],
      Array.from({ length: count * side * side }, (_, i) => i % 251),
    );
  const hot = (count: number, classes: number, none: readonly number[] = []) =>
    npy(
      [count, classes],
      Array.from({ length: count * classes }, (_, i) => {
        const image = Math.floor(i / classes);
        return Number(i % classes === image % 3 && !none.includes(image));
      }),
    );

  it.each([10, 16, 25, 100])('reads one-hot labels of %i classes', async (classes) => {
    const reader = await openDropped({
      'x_train.npy': pictures(30),
      'y_train.npy': hot(30, classes),
      'x_validation.npy': pictures(12),
      'y_validation.npy': hot(12, classes),
    });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ classes: ['0', '1', '2'], counts: [14, 14, 14], columns: [] });
    expect(reader.plan.images.filter(({ side }) => side === 'validation')).toHaveLength(12);
    expect(reader.plan.images.every(({ path, label }) => (Number(path.split('#')[1]) - 1) % 3 === label)).toBe(true);
  });

  it('names the classes of one-hot labels, and leaves images without one out', async () => {
    const reader = await openDropped({
      'images.npy': pictures(40),
      'labels.npy': hot(40, 3, [36, 39]),
      'classes.txt': 'cat\ndog\nhen\n',
    });
    expect(messagesOf(reader)).toBe('2 images without a class left out.');
    expect(reader.plan).toMatchObject({ classes: ['cat', 'dog', 'hen'], counts: [12, 13, 13] });
  });

  it('calls the labels of all splits alike', async () => {
    const labels = (count: number) =>
      npy(
        [count],
        Array.from({ length: count }, (_, i) => i % 3),
      );
    const splits = ['train', 'validation', 'eval'];
    const reader = await openDropped(
      Object.fromEntries(
        splits.flatMap(
          (name) =>
            [
              [`x_${name}.npy`, pictures(12)],
              [`y_${name}.npy`, labels(12)],
              [`fine_${name}.npy`, labels(12)],
            ] as const,
        ),
      ),
    );
    expect(reader.plan.columns.map(({ name }) => name)).toEqual(['y', 'fine']);
    expect(reader.plan.counts).toEqual([12, 12, 12]);
  });

  it('guesses at the array of the classes, and says so', async () => {
    const reader = await openDropped({ 'images.npy': pictures(20), 'kind.npy': twenty, 'sex.npy': twenty });
    expect(reader.plan.labelColumn).toBe('kind');
    expect(messagesOf(reader)).toMatch(/^No array is called like labels\. What is in “kind” counts as the classes/);
  });

  it('names labels that lie in another folder', async () => {
    const reader = await openDropped({ 'images/x.npy': pictures(20), 'labels/y.npy': twenty });
    expect(messagesOf(reader)).toMatch(/“labels\/y\.npy” has as many entries, but lies in another folder/);
  });

  it('takes arrays without labels for one class each only where nothing speaks against it', async () => {
    const each = await openDropped({ 'cat.npy': pictures(9), 'test tube.npy': pictures(7), 'train.npy': pictures(8) });
    expect(each.plan).toMatchObject({ classes: ['cat', 'test tube', 'train'], counts: [9, 7, 8] });
    expect(each.plan.images.every(({ side }) => side === null)).toBe(true);
    const others: Record<string, Uint8Array>[] = [
      { 'x_train.npy': pictures(9), 'x_test.npy': pictures(7) },
      { 'images.npy': pictures(9), 'masks.npy': pictures(9, 16) },
    ];
    for (const files of others) {
      const reader = await openDropped(files);
      expect(reader.plan.images).toEqual([]);
      expect(messagesOf(reader)).toMatch(/no array of labels/);
    }
  });
});

describe('arrays', () => {
  it('knows the usual shapes', () => {
    const of = (...shape: number[]) => shapeOf({ kind: 'u', shape });
    expect(of(5, 28, 28)).toMatchObject({ width: 28, height: 28, channels: 1 });
    expect(of(5, 3, 30, 20)).toMatchObject({ width: 20, height: 30, channels: 3, planar: true });
    expect(of(5, 30, 20, 4)).toMatchObject({ channels: 4, planar: false });
    expect(of(5, 3072)).toEqual({ width: 32, height: 32, channels: 3 });
    expect(of(5, 10)).toBe(null);
    expect(of(5)).toBe(null);
  });

  it('stretches strange ranges and survives what is no number', () => {
    for (const blank of [
      [NaN, Infinity],
      [0, 0],
      [1, 1],
    ])
      expect(byteScale([blank])).toEqual({ scale: { factor: 1, shift: 0 }, stretched: null, isBlank: true });
    const { scale, stretched } = byteScale([[-3, 500]]);
    expect(stretched).toEqual({ low: -3, high: 500 });
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
