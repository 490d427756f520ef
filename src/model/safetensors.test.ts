import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import { encodeFloat16, decodeFloat16 } from './float16.ts';
import { parseSafetensors, SafetensorsError, type SafetensorsFile } from './safetensors.ts';
import { writeSafetensors, type OutputTensor } from './write-safetensors.ts';

/** A file with any header text and data, valid or not. */
function build(header: string, data: Uint8Array | number[] = []): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(data, 8 + text.length);
  return file;
}
const entry = (dtype: string, shape: number[], begin: number, end: number) =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] });
const bytesOf = (array: { buffer: ArrayBuffer }) => new Uint8Array(array.buffer);

function decodeAll(file: SafetensorsFile): void {
  for (const [name, { dtype }] of file.tensors) {
    if (dtype === 'F32' || dtype === 'F16' || dtype === 'BF16') file.float32(name);
    else file.int32(name);
  }
}

describe('reading', () => {
  test('every dtype', () => {
    const file = (dtype: string, n: number, data: Uint8Array) =>
      parseSafetensors(build(`{"x":${entry(dtype, [n], 0, data.length)}}`, data));
    expect([...file('F32', 2, bytesOf(Float32Array.of(1.5, -2))).float32('x')]).toEqual([1.5, -2]);
    expect([...file('F16', 2, bytesOf(Uint16Array.of(0x3c00, 0xc000))).float32('x')]).toEqual([1, -2]);
    expect([...file('BF16', 2, bytesOf(Uint16Array.of(0x3fc0, 0xc000))).float32('x')]).toEqual([1.5, -2]);
    expect([...file('I64', 2, bytesOf(BigInt64Array.of(7n, -9n))).int32('x')]).toEqual([7, -9]);
    expect([...file('I32', 2, bytesOf(Int32Array.of(7, -9))).int32('x')]).toEqual([7, -9]);
    expect([...file('U8', 2, Uint8Array.of(7, 255)).int32('x')]).toEqual([7, 255]);
    expect([...file('BOOL', 2, Uint8Array.of(0, 1)).int32('x')]).toEqual([0, 1]);
    expect(() => file('I64', 1, bytesOf(BigInt64Array.of(2n ** 40n))).int32('x')).toThrow(/“x”.*does not fit 32 bits/);
  });

  test('unaligned tensors, rank 0, empty tensors and views into larger buffers', () => {
    const data = new Uint8Array(9);
    data.set([42], 0);
    data.set(bytesOf(Float32Array.of(3, 4)), 1);
    const file = build(
      `{"b":${entry('U8', [], 0, 1)},"none":${entry('F32', [0, 3], 1, 1)},"f":${entry('F32', [2], 1, 9)}}  `,
      data,
    );
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    const parsed = parseSafetensors(shifted.subarray(3));
    expect([...parsed.float32('f')]).toEqual([3, 4]);
    expect([...parsed.int32('b')]).toEqual([42]);
    expect(parsed.float32('none')).toHaveLength(0);
  });

  test('asking for the wrong tensor', () => {
    const parsed = parseSafetensors(build(`{"x":${entry('U8', [1], 0, 1)}}`, [1]));
    expect(() => parsed.float32('x')).toThrow('Tensor “x” is U8; expected floating-point numbers.');
    expect(() => parsed.int32('y')).toThrow('There is no tensor “y” in the file.');
  });
});

describe('malformed files are rejected with what and where', () => {
  const f1 = entry('F32', [1], 0, 4);
  const tooLong = new Uint8Array(8);
  new DataView(tooLong.buffer).setBigUint64(0, 2n ** 63n, true);
  test.each<[string, Uint8Array, RegExp]>([
    ['too short', Uint8Array.of(1, 2), /has 2 bytes/],
    ['absurd header length', tooLong, /Header length is 9223372036854775808/],
    ['header beyond the file', build('{}').subarray(0, 9), /ends at byte 10, but the file has only 9/],
    ['no JSON', build('{"x":'), /not UTF-8 JSON/],
    ['no UTF-8', build('{}').fill(0xff, 8), /not UTF-8 JSON/],
    ['array', build('[]'), /must be a JSON object/],
    ['leading space', build(' {}'), /must be a JSON object/],
    ['duplicate name', build(`{"x":${f1},"x":${f1}}`, [0, 0, 0, 0]), /names a tensor twice/],
    ['entry is null', build('{"x":null}'), /Tensor “x”: its header entry/],
    ['unknown dtype', build(`{"x":${entry('F8', [1], 0, 1)}}`, [0]), /Tensor “x”: dtype "F8" is not supported/],
    ['inherited dtype', build(`{"x":${entry('toString', [1], 0, 1)}}`, [0]), /dtype "toString"/],
    ['negative shape', build(`{"x":${entry('F32', [-1], 0, 4)}}`, [0, 0, 0, 0]), /Tensor “x”: shape \[-1\]/],
    ['fraction in offsets', build(`{"x":${entry('U8', [1], 0.5, 1.5)}}`, [0, 0]), /data_offsets \[0.5,1.5\]/],
    [
      'cut off',
      build(`{"x":${entry('F32', [2], 0, 8)}}`, [0, 0, 0, 0]),
      /cut off: it has 66 of its 70 bytes\. Copy or/,
    ],
    [
      'reversed',
      build(`{"x":${entry('F32', [1], 4, 0)}}`, [0, 0, 0, 0]),
      /data_offsets \[4,0\] is not a pair .* in order/,
    ],
    ['size mismatch', build(`{"x":${entry('F32', [2], 0, 4)}}`, [0, 0, 0, 0]), /needs 8 bytes, data_offsets give 4/],
    ['overlap', build(`{"x":${f1},"y":${entry('U8', [2], 3, 5)}}`, [0, 0, 0, 0, 0]), /“y” overlaps .* byte 3/],
    ['hole', build(`{"x":${entry('U8', [1], 1, 2)}}`, [0, 0]), /bytes 0 to 1, before “x”/],
    ['rest', build(`{"x":${f1}}`, [0, 0, 0, 0, 0]), /bytes 4 to 5, at the end/],
    ['metadata', build('{"__metadata__":{"a":1}}'), /__metadata__.a must be a string/],
    ['deep nesting', build(`{"x":${'['.repeat(200000)}`), /not UTF-8 JSON/],
  ])('%s', (_, file, message) => {
    expect(() => parseSafetensors(file)).toThrow(SafetensorsError);
    expect(() => parseSafetensors(file)).toThrow(message);
  });

  test('braces, quotes and escapes in names are no second key', () => {
    const name = 'a"\\:{[';
    const parsed = parseSafetensors(build(`{${JSON.stringify(name)}:${f1}}`, [0, 0, 0, 0]));
    expect([...parsed.tensors.keys()]).toEqual([name]);
  });
});

const shapeArbitrary = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
const tensorArbitrary: fc.Arbitrary<OutputTensor> = shapeArbitrary.chain((shape) => {
  const count = shape.reduce((a, b) => a * b, 1);
  const floats = fc.float32Array({ minLength: count, maxLength: count });
  const integers = fc.int32Array({ minLength: count, maxLength: count });
  return fc.oneof(
    fc.record({ shape: fc.constant(shape), data: floats, half: fc.boolean() }),
    fc.record({ shape: fc.constant(shape), data: integers }),
  );
});
const nameArbitrary = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__metadata__' && name !== '__proto__');

test('what is written is read back, whatever the names, shapes and values', () => {
  const tensorsArbitrary = fc.dictionary(nameArbitrary, tensorArbitrary, { maxKeys: 6 });
  const metadataArbitrary = fc.dictionary(nameArbitrary, fc.string({ unit: 'grapheme' }), { maxKeys: 3 });
  fc.assert(
    fc.property(tensorsArbitrary, metadataArbitrary, (tensors, metadata) => {
      const bytes = writeSafetensors(tensors, metadata);
      const file = parseSafetensors(bytes);
      expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
      expect(new Map(Object.entries(metadata))).toEqual(file.metadata);
      expect([...file.tensors.keys()].sort()).toEqual(Object.keys(tensors).sort());
      for (const [name, { shape, data, half }] of Object.entries(tensors)) {
        expect(file.tensors.get(name)?.shape).toEqual(shape);
        if (data instanceof Int32Array) expect(file.int32(name)).toEqual(data);
        else expect(file.float32(name)).toEqual(half ? decodeFloat16(encodeFloat16(data)) : data);
      }
    }),
  );
});

test('the bytes do not depend on the order of the arguments', () => {
  const a = { shape: [1], data: Float32Array.of(1) };
  const b = { shape: [2], data: Float32Array.of(2, 3), half: true };
  expect(writeSafetensors({ a, b }, { x: '1', y: '2' })).toEqual(writeSafetensors({ b, a }, { y: '2', x: '1' }));
});

test('the writer rejects what it cannot store', () => {
  const one = Float32Array.of(1);
  expect(() => writeSafetensors({ x: { shape: [2], data: one } })).toThrow(/“x”: shape \[2\] does not hold 1 values/);
  expect(() => writeSafetensors({ __metadata__: { shape: [1], data: one } })).toThrow(SafetensorsError);
  expect(() => writeSafetensors({ x: { shape: [1], data: Int32Array.of(1), half: true } })).toThrow(/integers/);
});

test('12,000 corrupted files: parsed, or rejected with a SafetensorsError', () => {
  const original = writeSafetensors(
    {
      'layer.0.weight': { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
      'layer.0.bias': { shape: [3], data: Float32Array.of(7, 8, 9), half: true },
      ids: { shape: [2, 2], data: Int32Array.of(1, 2, 3, 4) },
      scale: { shape: [], data: Float32Array.of(1) },
    },
    { format: 'pt' },
  );
  const headerEnd = 8 + new DataView(original.buffer).getUint32(0, true);
  const rng = stream(20240917, 'analysis');
  const tokens = ['"', '{', '}', '[', ']', ',', ':', '0', '9', '-', 'e9', 'null', 'I64', 'BF16', '\\', '__proto__'];
  let rejected = 0;
  for (let round = 0; round < 12_000; round++) {
    let bytes = original.slice();
    for (let edits = 1 + rng.integer(3); edits > 0; edits--) {
      const kind = rng.integer(5);
      if (kind === 0) bytes[rng.integer(bytes.length)] ^= 1 << rng.integer(8);
      else if (kind === 1) bytes[rng.integer(8)] = rng.integer(256);
      else if (kind === 2) bytes = bytes.slice(0, 1 + rng.integer(bytes.length));
      else {
        const token = new TextEncoder().encode(tokens[rng.integer(tokens.length)]);
        const at = 8 + rng.integer(headerEnd - 8);
        const removed = kind === 3 ? token.length : 0;
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...token, ...bytes.subarray(at + removed)]);
      }
    }
    try {
      decodeAll(parseSafetensors(bytes));
    } catch (error) {
      if (!(error instanceof SafetensorsError)) throw error;
      rejected++;
    }
  }
  expect(rejected).toBeGreaterThan(8000);
  expect(rejected).toBeLessThan(12_000); // some edits only change values
});
