/** Parquet files as the `datasets` library lays them out, written by an independent writer. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import { hash32 } from '../../core/hash.ts';

export interface TestParquet {
  readonly rows: number;
  readonly names: readonly string[];
  readonly rowGroupSize?: number;
  /** Bytes of each fake image. */
  readonly imageBytes?: number;
  /** Real images instead of fake ones. */
  readonly images?: (i: number) => Uint8Array;
}

export function testParquet({ rows, names, rowGroupSize = 100, imageBytes = 0, images }: TestParquet): Uint8Array {
  const encoder = new TextEncoder();
  const image = (i: number) => {
    const text = encoder.encode(`image ${i}`);
    if (text.length >= imageBytes) return text;
    const padded = new Uint8Array(imageBytes).fill(32);
    padded.set(text);
    for (let b = 20; b < imageBytes; b++) padded[b] = hash32(b * 8191 + i) & 255; // not to be packed to nothing
    return padded;
  };
  const index = Array.from({ length: rows }, (_, i) => i);
  const features = { image: { _type: 'Image' }, label: { _type: 'ClassLabel', names } };
  const buffer = parquetWriteBuffer({
    schema: [
      { name: 'root', num_children: 3 },
      { name: 'image', repetition_type: 'OPTIONAL', num_children: 2 },
      { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
      { name: 'path', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' },
      { name: 'label', type: 'INT64', repetition_type: 'OPTIONAL' },
      { name: 'source', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' },
    ],
    columnData: [
      { name: 'image', data: index.map((i) => ({ bytes: images ? images(i) : image(i), path: `${i}.png` })) },
      { name: 'label', data: index.map((i) => BigInt(i % names.length)) },
      { name: 'source', data: index.map((i) => (i % 2 ? 'a' : 'b')) },
    ],
    rowGroupSize,
    kvMetadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }],
  });
  return new Uint8Array(buffer);
}
