/** NumPy's npy: "\x93NUMPY", version, length of the header, a Python dict of dtype, order and shape, then the values. */
import { decodeFloat16 } from '../../model/float16.ts';
import { byteText } from '../files/byte-text.ts';
import { FORMAT_WORDS } from './words.ts';

export interface NpyHeader {
  /** b bool, i and u integers, f floats, U text (4 bytes a character), S bytes. */
  readonly kind: 'b' | 'i' | 'u' | 'f' | 'U' | 'S';
  /** Bytes of a value. */
  readonly width: number;
  readonly littleEndian: boolean;
  readonly shape: readonly number[];
  /** Where the values begin. */
  readonly offset: number;
}

/** Enough for the header of any array that is read. */
export const NPY_HEADER_BYTES = 4096;
const MAX_RANK = 6;

/**
 * @param bytes the first NPY_HEADER_BYTES of the file, or all
 * @throws Error naming the unsupported feature: pickled objects, Fortran order, complex numbers
 */
export function npyHeader(bytes: Uint8Array): NpyHeader {
  if (byteText(bytes.subarray(0, 6)) !== '\x93NUMPY') throw new Error(FORMAT_WORDS.npy.none);
  if (bytes.length < 12) throw new Error(FORMAT_WORDS.npy.cutOff);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [start, length] = bytes[6] === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  if (start + length > bytes.length) throw new Error(FORMAT_WORDS.npy.headerLong);
  const dict = byteText(bytes.subarray(start, start + length));
  const descr = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z])(\d*)'/.exec(dict);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(dict)?.[1];
  const shape = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(dict)?.[1];
  if (!descr || order === undefined || shape === undefined) throw new Error(FORMAT_WORDS.npy.records);
  const [, endian, kind, digits] = descr;
  if (kind === 'O') throw new Error(FORMAT_WORDS.npy.pickled);
  if (!'biufUS'.includes(kind)) throw new Error(FORMAT_WORDS.npy.type(kind + digits));
  const dims = shape
    .split(',')
    .map((text) => text.replace('L', '').trim())
    .filter((text) => text !== '')
    .map(Number);
  if (dims.length > MAX_RANK || !dims.every((n) => Number.isSafeInteger(n) && n >= 0))
    throw new Error(FORMAT_WORDS.npy.shapeDamaged);
  if (order === 'True' && dims.length > 1) throw new Error(FORMAT_WORDS.npy.fortran);
  const width = Number(digits) * (kind === 'U' ? 4 : 1);
  const widths = { b: [1], i: [1, 2, 4, 8], u: [1, 2, 4, 8], f: [2, 4, 8] }[kind as 'b'];
  if (widths ? !widths.includes(width) : width < 1 || width > 4096)
    throw new Error(FORMAT_WORDS.npy.type(kind + digits));
  return { kind: kind as NpyHeader['kind'], width, littleEndian: endian !== '>', shape: dims, offset: start + length };
}

/** Numbers after the header, unscaled; 64-bit integers lose what a double cannot hold. */
export function npyNumbers(bytes: Uint8Array, { kind, width, littleEndian }: NpyHeader, count: number): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const readers: Readonly<Record<string, (at: number) => number>> = {
    b1: (at) => (view.getUint8(at) ? 1 : 0),
    u1: (at) => view.getUint8(at),
    i1: (at) => view.getInt8(at),
    u2: (at) => view.getUint16(at, littleEndian),
    i2: (at) => view.getInt16(at, littleEndian),
    u4: (at) => view.getUint32(at, littleEndian),
    i4: (at) => view.getInt32(at, littleEndian),
    u8: (at) => Number(view.getBigUint64(at, littleEndian)),
    i8: (at) => Number(view.getBigInt64(at, littleEndian)),
    f2: (at) => decodeFloat16(Uint16Array.of(view.getUint16(at, littleEndian)))[0],
    f4: (at) => view.getFloat32(at, littleEndian),
    f8: (at) => view.getFloat64(at, littleEndian),
  };
  const read = readers[kind + width];
  const there = Math.min(count, Math.floor(bytes.length / width));
  return Float64Array.from({ length: there }, (_, i) => read(i * width));
}

/** Fixed-width text after the header. */
export function npyTexts(bytes: Uint8Array, { kind, width, littleEndian }: NpyHeader, count: number): string[] {
  const there = Math.min(count, Math.floor(bytes.length / width));
  const decoder = new TextDecoder();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: there }, (_, i) => {
    if (kind === 'S') return decoder.decode(bytes.subarray(i * width, (i + 1) * width)).replace(/\0+$/, '');
    let text = '';
    for (let at = i * width; at < (i + 1) * width; at += 4) {
      const code = view.getUint32(at, littleEndian);
      text += code === 0 || code > 0x10ffff ? '' : String.fromCodePoint(code);
    }
    return text;
  });
}
