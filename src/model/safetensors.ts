/**
 * Reader of the safetensors format: u64 header length, JSON header, then the tensors' bytes, row-major and little-endian.
 * Strict: every file that does not follow the format is rejected with a SafetensorsError that says what is wrong and where.
 */
import { memoryBytes, type ByteSource } from '../platform/byte-source.ts';
import { decodeFloat16 } from './float16.ts';
import { FILE_CHECKS } from './words.ts';

/** Bytes per element of the dtypes that are read. */
export const DTYPE_BYTES = { F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, U8: 1, BOOL: 1 } as const;
export type Dtype = keyof typeof DTYPE_BYTES;

/** The format's own limit on the header, in bytes. */
const MAX_HEADER_BYTES = 100_000_000;

/** A file that is not valid safetensors, or a tensor that is not what the caller asked for. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

/** What the header says of a tensor, which lies row-major in the bytes. */
export interface TensorInfo {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** First byte and the byte after the last, counted from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

/** A parsed header over undecoded bytes; tensors are decoded when asked for. */
export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly metadata: ReadonlyMap<string, string>;
  /** The bytes of a tensor as they are stored, copied. @throws SafetensorsError when there is no such tensor. */
  raw(name: string): Uint8Array<ArrayBuffer>;
  /**
   * A tensor stored as F32, F16 or BF16, copied.
   * @throws SafetensorsError when there is no such tensor or it holds integers.
   */
  float32(name: string): Float32Array;
  /**
   * A tensor stored as I64, I32, U8 or BOOL, copied.
   * @throws SafetensorsError when there is no such tensor, it holds floats, or a value does not fit 32 bits.
   */
  int32(name: string): Int32Array;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Number of keys of the outermost object. JSON.parse keeps the last of equal keys silently; counting reveals them. */
function countOuterKeys(json: string): number {
  let depth = 0;
  let keys = 0;
  for (let i = 0; i < json.length; i++) {
    const c = json[i];
    if (c === '"') for (i++; json[i] !== '"'; i++) if (json[i] === '\\') i++;
    if (c === '{' || c === '[') depth++;
    if (c === '}' || c === ']') depth--;
    if (c === ':' && depth === 1) keys++;
  }
  return keys;
}

/** Bytes before the header: its length. */
export const PREFIX_BYTES = 8;

/**
 * First byte of the tensor data, from the first eight bytes of a file.
 * @throws SafetensorsError when the file is too short for the header it announces, or the header is too long to be one.
 */
export function dataStartOf(prefix: Uint8Array, fileBytes: number): number {
  if (fileBytes < PREFIX_BYTES || prefix.length < PREFIX_BYTES)
    throw new SafetensorsError(FILE_CHECKS.tooShort(fileBytes));
  const length = new DataView(prefix.buffer, prefix.byteOffset, PREFIX_BYTES).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES))
    throw new SafetensorsError(FILE_CHECKS.headerTooLong(length, MAX_HEADER_BYTES));
  const dataStart = PREFIX_BYTES + Number(length);
  if (dataStart > fileBytes) throw new SafetensorsError(FILE_CHECKS.headerCutOff(dataStart, fileBytes));
  return dataStart;
}

/** @param bytes the header alone, without its length. */
function parseHeaderJson(bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch (error) {
    throw new SafetensorsError(
      FILE_CHECKS.headerNotJson(PREFIX_BYTES, PREFIX_BYTES + bytes.length, (error as Error).message),
    );
  }
  if (!text.startsWith('{') || !isObject(header)) throw new SafetensorsError(FILE_CHECKS.headerNoObject);
  if (countOuterKeys(text) !== Object.keys(header).length) throw new SafetensorsError(FILE_CHECKS.tensorTwice);
  return header;
}

function parseMetadata(value: unknown): Map<string, string> {
  if (!isObject(value)) throw new SafetensorsError(FILE_CHECKS.noMetadata);
  const metadata = new Map<string, string>();
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw new SafetensorsError(FILE_CHECKS.metadataNoText(key));
    metadata.set(key, text);
  }
  return metadata;
}

function parseTensor(name: string, value: unknown): TensorInfo {
  const fail = (what: string): never => {
    throw new SafetensorsError(FILE_CHECKS.ofTensor(name, what));
  };
  if (!isObject(value)) return fail(FILE_CHECKS.entryNoObject);
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPE_BYTES, dtype))
    return fail(FILE_CHECKS.dtype(JSON.stringify(dtype), Object.keys(DTYPE_BYTES).join(', ')));
  if (!Array.isArray(shape) || !shape.every(isCount)) return fail(FILE_CHECKS.shape(JSON.stringify(shape)));
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    return fail(FILE_CHECKS.offsets(JSON.stringify(offsets)));
  const [begin, end] = offsets as [number, number];
  if (begin > end) return fail(FILE_CHECKS.offsets(JSON.stringify(offsets)));
  const size = DTYPE_BYTES[dtype as Dtype];
  const expected = shape.reduce((product: number, n: number) => product * n, size);
  if (expected !== end - begin) return fail(FILE_CHECKS.wrongSize(shape, dtype, expected, end - begin));
  return { dtype: dtype as Dtype, shape: shape, begin, end };
}

/** The format allows neither overlaps nor holes: sorted by offset, every tensor starts where the one before ends. @param dataStart bytes before the tensor data */
function checkLayout(tensors: ReadonlyMap<string, TensorInfo>, dataStart: number, dataBytes: number): void {
  const sorted = [...tensors].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  let position = 0;
  for (const [name, { begin, end }] of sorted) {
    if (begin < position) throw new SafetensorsError(FILE_CHECKS.overlap(name, begin));
    if (begin > position) throw new SafetensorsError(FILE_CHECKS.gap(position, begin, name));
    position = end;
  }
  if (position > dataBytes) throw new SafetensorsError(FILE_CHECKS.cutOff(dataStart + dataBytes, dataStart + position));
  if (position < dataBytes) throw new SafetensorsError(FILE_CHECKS.rest(position, dataBytes));
}

function decodeBfloat16(bits: Uint16Array): Float32Array {
  const out = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) out[i] = bits[i] << 16;
  return new Float32Array(out.buffer);
}

function decodeInt64(name: string, values: BigInt64Array): Int32Array {
  return Int32Array.from(values, (value) => {
    const narrow = Number(value);
    if (narrow !== (narrow | 0)) throw new SafetensorsError(FILE_CHECKS.tooBig(name, value));
    return narrow;
  });
}

/** The contents of a header: names, dtypes, shapes and offsets of the tensors. */
export type SafetensorsHeader = Pick<SafetensorsFile, 'tensors' | 'metadata'>;

/**
 * Checks a header against the size of the data that follows it.
 * @param bytes the header alone, without its length. @throws SafetensorsError for everything the format forbids.
 */
export function parseSafetensorsHeader(bytes: Uint8Array, dataBytes: number): SafetensorsHeader {
  const tensors = new Map<string, TensorInfo>();
  let metadata = new Map<string, string>();
  for (const [name, value] of Object.entries(parseHeaderJson(bytes))) {
    if (name === '__metadata__') metadata = parseMetadata(value);
    else tensors.set(name, parseTensor(name, value));
  }
  checkLayout(tensors, PREFIX_BYTES + bytes.length, dataBytes);
  return { tensors, metadata };
}

const FLOATS: ReadonlySet<Dtype> = new Set(['F32', 'F16', 'BF16']);

/** @throws SafetensorsError when a tensor cannot be read as floats. */
export function checkFloatDtype(name: string, dtype: Dtype): void {
  if (!FLOATS.has(dtype)) throw new SafetensorsError(FILE_CHECKS.notFloats(name, dtype));
}

/**
 * Opens a file by its header; tensors are read from `source` when asked for.
 * @throws SafetensorsError for every file that does not follow the format.
 */
export function openSafetensors(source: ByteSource): SafetensorsFile {
  const dataStart = dataStartOf(source.read(0, Math.min(PREFIX_BYTES, source.size)), source.size);
  const header = parseSafetensorsHeader(source.read(PREFIX_BYTES, dataStart), source.size - dataStart);
  const infoOf = (name: string): TensorInfo => {
    const info = header.tensors.get(name);
    if (!info) throw new SafetensorsError(FILE_CHECKS.noTensor(name));
    return info;
  };
  const raw = (name: string): Uint8Array<ArrayBuffer> => {
    const { begin, end } = infoOf(name);
    return source.read(dataStart + begin, dataStart + end);
  };
  const load = (name: string): { dtype: Dtype; buffer: ArrayBuffer } => ({
    dtype: infoOf(name).dtype,
    buffer: raw(name).buffer,
  });
  return {
    ...header,
    raw,
    float32(name) {
      const { dtype, buffer } = load(name);
      checkFloatDtype(name, dtype);
      if (dtype === 'F16') return decodeFloat16(new Uint16Array(buffer));
      if (dtype === 'BF16') return decodeBfloat16(new Uint16Array(buffer));
      return new Float32Array(buffer);
    },
    int32(name) {
      const { dtype, buffer } = load(name);
      if (dtype === 'I32') return new Int32Array(buffer);
      if (dtype === 'I64') return decodeInt64(name, new BigInt64Array(buffer));
      if (dtype === 'U8' || dtype === 'BOOL') return Int32Array.from(new Uint8Array(buffer));
      throw new SafetensorsError(FILE_CHECKS.notIntegers(name, dtype));
    },
  };
}

/** As openSafetensors, for a file in memory, which is kept, not copied. */
export function parseSafetensors(file: ArrayBuffer | Uint8Array): SafetensorsFile {
  return openSafetensors(memoryBytes(file));
}
