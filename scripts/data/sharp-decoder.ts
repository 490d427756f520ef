/** One image file → uint8 RGB at the model's size, without a browser: sharp reads the file, everything after it is the page's own code. */
import sharp, { type Sharp } from 'sharp';
import { MAX_PIXELS, MAX_SVG_BYTES, type DecodeImage } from '../../src/data/image/decode.ts';
import { isSvg, refuseHuge } from '../../src/data/image/image-header.ts';
import type { ImageGeometry } from '../../src/model/image-geometry.ts';
import { prepareImage } from '../../src/model/prepare-image.ts';
import { decodeBitmap, isBitmap } from './bitmap.ts';

/** A square with the drawing in its middle, transparent around it, as the page draws it. */
async function drawing(bytes: Uint8Array, side: number): Promise<Sharp> {
  if (bytes.length > MAX_SVG_BYTES) throw new Error('an SVG of more than 2 MB');
  const { width, height } = await sharp(bytes).metadata();
  const scale = side / Math.max(width, height);
  const [w, h] = [Math.max(1, width * scale), Math.max(1, height * scale)];
  const data = Buffer.from(bytes).toString('base64');
  const inSquare = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><image x="${(side - w) / 2}" y="${(side - h) / 2}" width="${w}" height="${h}" href="data:image/svg+xml;base64,${data}"/></svg>`;
  return sharp(Buffer.from(inSquare));
}

async function opened(bytes: Uint8Array, side: number): Promise<Sharp> {
  if (isSvg(bytes)) return drawing(bytes, side);
  if (isBitmap(bytes)) {
    const { width, height, rgba } = decodeBitmap(bytes);
    return sharp(rgba, { raw: { width, height, channels: 4 } });
  }
  // The first frame of an animation. Like browsers, it shows what there is of a file with faults, and refuses one that ends early.
  return sharp(bytes, { pages: 1, failOn: 'truncated' }).autoOrient();
}

/** The counterpart of the page's imageDecoder: upright, white behind transparent parts, resized and cropped by the same code. */
export const sharpDecoder =
  (geometry: ImageGeometry): DecodeImage =>
  async (bytes) => {
    refuseHuge(bytes);
    const whole = await opened(bytes, geometry.imageSize);
    const isInk = await isPlainInk(bytes);
    // Without a colour space of its own the pipeline of sharp would take the inks for those of a profile.
    const { data, info } = await (
      isInk ? whole.pipelineColourspace('cmyk').toColourspace('cmyk') : whole.toColourspace('srgb')
    )
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const rgb = isInk ? inkToRgb(data) : onWhite(data, info.channels);
    const shrink = Math.min(1, Math.sqrt(MAX_PIXELS / (info.width * info.height)));
    if (shrink === 1) return prepareImage(rgb, info.height, info.width, geometry);
    const [width, height] = [info.width, info.height].map((edge) => Math.max(1, Math.round(edge * shrink)));
    const small = await sharp(rgb, { raw: { width: info.width, height: info.height, channels: 3 } })
      .resize(width, height, { fit: 'fill' })
      .raw()
      .toBuffer();
    return prepareImage(new Uint8Array(small), height, width, geometry);
  };

/**
 * White behind transparent parts: uint8 [height, width, channels] → [height, width, 3]. Grey becomes RGB. Colours are multiplied by their opacity and rounded
 * before the white is added, as browsers do.
 */
function onWhite(data: Buffer, channels: number): Uint8Array {
  if (channels === 3) return new Uint8Array(data.buffer, data.byteOffset, data.length);
  const isGrey = channels < 3;
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let from = 0, to = 0; from < data.length; from += channels, to += 3) {
    const alpha = channels % 2 === 0 ? data[from + channels - 1] : 255;
    for (let c = 0; c < 3; c++) rgb[to + c] = Math.round((data[from + (isGrey ? 0 : c)] * alpha) / 255) + 255 - alpha;
  }
  return rgb;
}

/** Whether a file holds CMYK without a profile that says which inks are meant. */
async function isPlainInk(bytes: Uint8Array): Promise<boolean> {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return false; // only JPEGs do
  const { space, hasProfile } = await sharp(bytes).metadata();
  return space === 'cmyk' && !hasProfile;
}

/** Ideal inks, as browsers take them: [height, width, CMYK] → [height, width, 3]. */
function inkToRgb(data: Buffer): Uint8Array {
  const rgb = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3)
    for (let c = 0; c < 3; c++) rgb[to + c] = Math.round(((255 - data[from + c]) * (255 - data[from + 3])) / 255);
  return rgb;
}
