/** Arrays as NumPy writes them. */
import { describe, expect, it } from 'vitest';
import { hasModules, sayUnchecked } from '../../../tests/support/python.ts';
import { contents, messagesOf, openDropped } from '../test-files.ts';
import { madeBy, run } from '../test-tools.ts';
import type { RawImage } from './records.ts';

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
    expect(messagesOf(reader)).toMatch(/“fortran\.npy” left out: it is in Fortran order/);
    expect(messagesOf(reader)).toMatch(/“objects\.npy” left out: it holds pickled/);
    expect(messagesOf(reader)).toMatch(/“cube\.npy” left out: the shape/);
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
