/** Writer of the safetensors format (see safetensors.ts). The bytes depend on the arguments only, not on their order. */
import { encodeFloat16 } from './float16.ts';
import { DTYPE_BYTES, SafetensorsError } from './safetensors.ts';

export interface OutputTensor {
  readonly shape: readonly number[];
  /** Row-major. Float32Array is stored as F32 or, if `half`, as F16 (rounded to nearest even); Int32Array as I32. */
  readonly data: Float32Array | Int32Array;
  readonly half?: boolean;
}

/**
 * A safetensors file: wide dtypes before narrow ones, each in order of name, so that every tensor is aligned.
 * @throws SafetensorsError when a shape does not match its data or a name is the reserved "__metadata__".
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, OutputTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(tensors).map(([name, { shape, data, half }]) => {
    if (name === '__metadata__') throw new SafetensorsError('A tensor cannot be called “__metadata__”.');
    const count = shape.reduce((product, n) => product * n, 1);
    if (count !== data.length)
      throw new SafetensorsError(`Tensor “${name}”: shape [${shape.join(', ')}] does not hold ${data.length} values.`);
    const isInteger = data instanceof Int32Array;
    if (isInteger && half) throw new SafetensorsError(`Tensor “${name}”: integers cannot be stored as F16.`);
    const dtype = isInteger ? 'I32' : half ? 'F16' : 'F32';
    return { name, shape, data, dtype, bytes: count * DTYPE_BYTES[dtype] } as const;
  });
  entries.sort((a, b) => DTYPE_BYTES[b.dtype] - DTYPE_BYTES[a.dtype] || (a.name < b.name ? -1 : 1));

  const header: [string, unknown][] = [];
  const sortedMetadata = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  if (sortedMetadata.length > 0) header.push(['__metadata__', Object.fromEntries(sortedMetadata)]);
  let position = 0;
  for (const { name, shape, dtype, bytes } of entries) {
    header.push([name, { dtype, shape, data_offsets: [position, position + bytes] }]);
    position += bytes;
  }
  // Joined by hand: an object would move integer-like names to the front.
  const json = `{${header.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
  const text = new TextEncoder().encode(json);
  const dataStart = 8 + Math.ceil(text.length / 8) * 8;

  const file = new Uint8Array(dataStart + position);
  new DataView(file.buffer).setBigUint64(0, BigInt(dataStart - 8), true);
  file.fill(0x20, 8, dataStart);
  file.set(text, 8);
  let offset = dataStart;
  for (const { data, dtype, bytes } of entries) {
    const stored = dtype === 'F16' ? encodeFloat16(data as Float32Array) : data;
    file.set(new Uint8Array(stored.buffer, stored.byteOffset, bytes), offset);
    offset += bytes;
  }
  return file;
}
