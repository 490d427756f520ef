/** Some of the images of a file in which all are equally long, by which the range of their values is told. */
import { readRanges, type ByteFile, type Bytes } from '../files/byte-file.ts';
import { SAMPLED, byteScale, spread } from './array-images.ts';
import type { ImageBlock } from './records.ts';

/** @param valuesOf bytes of one image → its values */
export async function sampledImages<Values extends ArrayLike<number>>(
  file: ByteFile,
  { offset, stride, length, count }: Omit<ImageBlock, 'file' | 'toImage'>,
  valuesOf: (bytes: Bytes) => Values,
  signal?: AbortSignal,
): Promise<Values[]> {
  const read = async (positions: readonly number[]): Promise<Values[]> => {
    const ranges = positions.map((at) => ({ begin: offset + at * stride, end: offset + at * stride + length }));
    const samples: Values[] = [];
    for await (const bytes of readRanges(file, ranges, signal))
      if (bytes.length === length) samples.push(valuesOf(bytes)); // who reads the image says that the file is cut off
    return samples;
  };
  if (file.slice) return read(spread(count));
  // A packed file is unpacked up to the last image that is read.
  const first = await read([...Array(Math.min(SAMPLED, count)).keys()]);
  return byteScale(first).isBlank ? read(spread(count)) : first;
}
