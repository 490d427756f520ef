/** Width and height from the first bytes of an image file: a tiny file can claim a picture that fills the memory when decoded. */
import { IMAGE_WORDS } from './messages.ts';

export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** JPEGs store their dimensions after metadata and previews; other formats within the first bytes. */
export const HEADER_BYTES = 512 * 1024;

/**
 * PNG, GIF, BMP, WebP, AVIF and JPEG.
 *
 * @param bytes the first HEADER_BYTES of the file, or all of it
 * @returns null when the format is another or the header is cut off
 */
export function dimensionsOf(bytes: Uint8Array): Dimensions | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
    if (tag(0) === '\x89PNG') return { width: view.getUint32(16), height: view.getUint32(20) };
    if (tag(0) === 'GIF8') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (tag(0).startsWith('BM'))
      return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
    if (tag(0) === 'RIFF' && tag(8) === 'WEBP') return webp(view, tag(12));
    if (tag(4) === 'ftyp') return avif(bytes, view);
    if (view.getUint16(0) === 0xffd8) return jpeg(view);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause; // RangeError: the header ends early
  }
  return null;
}

function webp(view: DataView, chunk: string): Dimensions | null {
  if (chunk === 'VP8X') {
    const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    return { width: uint24(24) + 1, height: uint24(27) + 1 };
  }
  if (chunk === 'VP8L') {
    const packed = view.getUint32(21, true); // 14 bits each, less one
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (chunk === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  return null;
}

/** Segments are FF, marker, length; the frame header SOF0 … SOF15 holds the size (C4, C8 and CC are other tables). */
function jpeg(view: DataView): Dimensions | null {
  let at = 2;
  while (at < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++; // padding
      continue;
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (frame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The largest of the image's "ispe" boxes: length, "ispe", version, width, height. Grids of tiles list the whole and the tiles. */
function avif(bytes: Uint8Array, view: DataView): Dimensions | null {
  let largest: Dimensions | null = null;
  for (let at = bytes.indexOf(0x69); at >= 0 && at + 16 <= bytes.length; at = bytes.indexOf(0x69, at + 1)) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (!largest || found.width * found.height > largest.width * largest.height) largest = found;
  }
  return largest;
}

/** Photos of iPhones: the container of AVIF, with another codec in it. */
export function isHeic(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(4, 40));
  return /^ftyp(he(ic|ix|im|is|vc|vx)|mif1|msf1)/.test(head) && !head.includes('avi');
}

/** 64 megapixels are 256 MB decoded; more is refused rather than risking the tab. */
const MAX_PIXELS = 64e6;
/** Canvases of most browsers end here. */
const MAX_SIDE = 16_384;

/** @throws Error when the picture is too large to be decoded safely */
export function refuseHuge(bytes: Uint8Array): void {
  const dimensions = dimensionsOf(bytes.subarray(0, HEADER_BYTES));
  if (!dimensions) return;
  const { width, height } = dimensions;
  if (width * height > MAX_PIXELS || width > MAX_SIDE || height > MAX_SIDE)
    throw new Error(IMAGE_WORDS.tooManyPixels(width, height));
}

/** SVG is text: a root element of this name, behind declarations and comments. */
export function isSvg(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 4096));
  return /^\uFEFF?\s*(<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>[]*(\[[^\]]*\])?[^>]*>\s*)*<svg[\s>]/i.test(head);
}
