/** Images → rows of patches, in the (channel, row, column) order of a patch embedding's weight [D, channels, p, p]. */

const CHANNELS = 3;

/** What becomes of a pixel value 0 … 255 before it enters the model: (value · rescale − mean) / std, mean and std by channel (R, G, B). */
export interface Normalisation {
  readonly rescale: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

function checkGrid(values: number, count: number, imageSize: number, patchSize: number): void {
  if (imageSize % patchSize !== 0)
    throw new RangeError(`Images of ${imageSize} px cannot be cut into patches of ${patchSize} px.`);
  const expected = count * imageSize * imageSize * CHANNELS;
  if (values !== expected)
    throw new RangeError(
      `${count} images of ${imageSize}×${imageSize}×${CHANNELS} have ${expected} values, got ${values}.`,
    );
}

/** Normalised value of each byte per channel, [3, 256]: 768 divisions instead of one per pixel. */
export function normalisationTable({ rescale, mean, std }: Normalisation): Float32Array {
  return Float32Array.from({ length: CHANNELS * 256 }, (_, i) => {
    const channel = i >> 8;
    return ((i & 255) * rescale - mean[channel]) / std[channel];
  });
}

/**
 * @param pixels uint8 RGB, [count, imageSize, imageSize, 3].
 * @param blank patches of zeros before those of each image (VisionTower.config.blankPatches)
 * @returns normalised, [count, blank + patches, 3·patchSize²], patches row by row.
 * @throws RangeError when the image cannot be cut into whole patches or the pixels do not fit.
 */
export function patchify(
  pixels: Uint8Array,
  count: number,
  imageSize: number,
  patchSize: number,
  normalisation: Normalisation,
  blank = 0,
): Float32Array {
  checkGrid(pixels.length, count, imageSize, patchSize);
  const table = normalisationTable(normalisation);
  const area = patchSize * patchSize;
  const side = imageSize / patchSize;
  const out = new Float32Array(pixels.length + count * blank * CHANNELS * area);
  let source = 0;
  for (let row = 0; row < count * imageSize; row++) {
    const y = row % imageSize;
    const image = (row - y) / imageSize;
    const patchRow = Math.floor(y / patchSize);
    const insideRow = (y % patchSize) * patchSize;
    for (let patchColumn = 0; patchColumn < side; patchColumn++) {
      const patch = (image + 1) * blank + (image * side + patchRow) * side + patchColumn;
      let target = patch * CHANNELS * area + insideRow;
      for (let x = 0; x < patchSize; x++, target++, source += CHANNELS) {
        out[target] = table[pixels[source]];
        out[target + area] = table[256 + pixels[source + 1]];
        out[target + 2 * area] = table[512 + pixels[source + 2]];
      }
    }
  }
  return out;
}

/**
 * The same from already normalised `pixel_values`.
 * @param pixelValues [count, 3, imageSize, imageSize]. @returns [count, patches, 3·patchSize²]
 * @throws RangeError as patchify does.
 */
export function patchifyPixelValues(
  pixelValues: Float32Array,
  count: number,
  imageSize: number,
  patchSize: number,
): Float32Array {
  checkGrid(pixelValues.length, count, imageSize, patchSize);
  const out = new Float32Array(pixelValues.length);
  const side = imageSize / patchSize;
  let target = 0;
  for (let image = 0; image < count; image++)
    for (let patch = 0; patch < side * side; patch++)
      for (let channel = 0; channel < CHANNELS; channel++)
        for (let y = 0; y < patchSize; y++, target += patchSize) {
          const row = (image * CHANNELS + channel) * imageSize + Math.floor(patch / side) * patchSize + y;
          const start = row * imageSize + (patch % side) * patchSize;
          out.set(pixelValues.subarray(start, start + patchSize), target);
        }
  return out;
}
