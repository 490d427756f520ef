/** SVG → RGBA at the backbone's size: drawn at 48 × 48 and averaged over areas to 32 × 32, alpha premultiplied. */
import sharp from 'sharp';

export const DRAWN = 48;
export const SIZE = 32;

/** Concurrent drawings, enough to keep every core busy: sharp uses libuv's threads, four by default. */
const PARALLEL = 8;

/**
 * @param {readonly string[]} svgs documents whose width and height are 48
 * @returns {Promise<Uint8Array>} [svgs.length, 32, 32, 4] premultiplied RGBA, uint8
 */
export async function rasterise(svgs) {
  sharp.concurrency(1);
  sharp.cache(false);
  const stride = SIZE * SIZE * 4;
  const out = new Uint8Array(svgs.length * stride);
  let next = 0;
  const lane = async () => {
    while (next < svgs.length) {
      const index = next++;
      const { data, info } = await sharp(Buffer.from(svgs[index]))
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      if (info.width !== DRAWN || info.height !== DRAWN || info.channels !== 4) {
        throw new Error(
          `Drawing ${index} came out as ${info.width}×${info.height}×${info.channels}, expected 48×48×4.`,
        );
      }
      areaAverage(data, out.subarray(index * stride, (index + 1) * stride));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, lane));
  return out;
}

/** 48 → 32 is 1.5 : 1: each output pixel covers one and a half input pixels, alternately half first and whole first. */
function areaAverage(source, target) {
  const step = DRAWN / SIZE;
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const sum = [0, 0, 0, 0];
      for (let dy = 0; dy < 2; dy++) {
        for (let dx = 0; dx < 2; dx++) {
          const weight = (dy === (y & 1) ? 1 : 0.5) * (dx === (x & 1) ? 1 : 0.5);
          const at = ((Math.floor(y * step) + dy) * DRAWN + Math.floor(x * step) + dx) * 4;
          const alpha = (weight * source[at + 3]) / 255;
          for (let c = 0; c < 3; c++) sum[c] += alpha * source[at + c];
          sum[3] += alpha * 255;
        }
      }
      for (let c = 0; c < 4; c++) target[(y * SIZE + x) * 4 + c] = Math.round(sum[c] / (step * step));
    }
  }
}
