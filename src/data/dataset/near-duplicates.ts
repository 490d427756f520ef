/**
 * Images that look almost alike: saved again, scaled, cropped by a little, frames of one video. A difference hash (Krawetz, "Kind of
 * Like That", 2013) along both axes finds candidates, small copies of the images confirm them.
 */
import { areaResize } from '../../model/resize.ts';

const CELLS = 8;
/** Minimum step between neighbouring cells, in grey levels, so that flat areas give no random bits. */
const STEP = 3;
/** Maximum number of differing bits, of 128. */
const MAX_BITS = 8;
const THUMB = 16;
/** Mean difference of two thumbnails, in levels of 255. */
const MAX_DIFFERENCE = 5;

/** What is compared of images, a small part of them. */
export interface Fingerprints {
  /** [count, 4]: 128 bits. */
  readonly hashes: Uint32Array<ArrayBuffer>;
  /** [count, side, side, 3] uint8 */
  readonly thumbs: Uint8Array<ArrayBuffer>;
}

/** @param pixels [count, size, size, 3] uint8 */
export function fingerprintsOf(pixels: Uint8Array, size: number): Fingerprints {
  const stride = size * size * 3;
  const count = pixels.length / stride;
  const side = Math.min(THUMB, size);
  const hashes = new Uint32Array(count * 4);
  const thumbs = new Uint8Array(count * side * side * 3);
  for (let i = 0; i < count; i++) {
    const image = pixels.subarray(i * stride, (i + 1) * stride);
    hashes.set(differenceHash(image, size), i * 4);
    thumbs.set(areaResize(image, size, size, side, side), i * side * side * 3);
  }
  return { hashes, thumbs };
}

/**
 * @returns [count]: the first image of the group that each belongs to; similarity is transitive within a group
 */
export function nearDuplicates({ hashes, thumbs }: Fingerprints): Int32Array<ArrayBuffer> {
  const count = hashes.length / 4;
  const thumb = thumbs.length / count;
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const rootOf = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      if (distance(hashes, i, hashes, j) > MAX_BITS) continue;
      const [a, b] = [rootOf(i), rootOf(j)];
      // Thousands of frames of one video are one group: only the first pairs of it need a look at the images.
      if (a === b || !alike(thumbs, i, thumbs, j, thumb)) continue;
      parent[Math.max(a, b)] = Math.min(a, b);
    }
  }
  return Int32Array.from({ length: count }, (_, i) => rootOf(i));
}

/**
 * Images that look almost like one of other images.
 * @param others numbers of the images of `among` that count, [any]
 * @returns [count]: the first of `others` that each looks like; −1: none
 */
export function lookalikesAmong(prints: Fingerprints, among: Fingerprints, others: readonly number[]): Int32Array {
  const count = prints.hashes.length / 4;
  const thumb = count > 0 ? prints.thumbs.length / count : 0;
  return Int32Array.from(
    { length: count },
    (_, i) =>
      others.find(
        (j) =>
          distance(prints.hashes, i, among.hashes, j) <= MAX_BITS && alike(prints.thumbs, i, among.thumbs, j, thumb),
      ) ?? -1,
  );
}

/** 64 bits along the rows and 64 along the columns: is the next cell lighter? @param image [size, size, 3]. @returns [4] */
export function differenceHash(image: Uint8Array, size: number): Uint32Array {
  const grey = new Uint8Array(size * size);
  for (let i = 0; i < grey.length; i++)
    grey[i] = (77 * image[3 * i] + 150 * image[3 * i + 1] + 29 * image[3 * i + 2]) >> 8;
  const hash = new Uint32Array(4);
  const rows = areaResize(grey, size, size, CELLS, CELLS + 1, 1); // [8, 9]
  const columns = areaResize(grey, size, size, CELLS + 1, CELLS, 1); // [9, 8]
  for (let y = 0, bit = 0; y < CELLS; y++) {
    for (let x = 0; x < CELLS; x++, bit++) {
      const at = y * (CELLS + 1) + x;
      if (rows[at + 1] - rows[at] > STEP) hash[bit >> 5] |= 1 << (bit & 31);
      const below = y * CELLS + x;
      if (columns[below + CELLS] - columns[below] > STEP) hash[2 + (bit >> 5)] |= 1 << (bit & 31);
    }
  }
  return hash;
}

function distance(first: Uint32Array, i: number, second: Uint32Array, j: number): number {
  let bits = 0;
  for (let word = 0; word < 4; word++) {
    let x = first[4 * i + word] ^ second[4 * j + word];
    x -= (x >>> 1) & 0x55555555;
    x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
    bits += Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return bits;
}

function alike(first: Uint8Array, i: number, second: Uint8Array, j: number, length: number): boolean {
  const limit = MAX_DIFFERENCE * length;
  let sum = 0;
  for (let k = 0, a = i * length, b = j * length; k < length && sum <= limit; k++)
    sum += Math.abs(first[a + k] - second[b + k]);
  return sum <= limit;
}
