/** Windows bitmaps (BMP), which the decoder of Node does not read: uncompressed, with 1, 4, 8, 16, 24 or 32 bits a pixel. */

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** uint8 RGBA, [height, width, 4]. */
  readonly rgba: Uint8Array;
}

export const isBitmap = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d;

const INFO = 14;
const BITFIELDS = new Set([3, 6]);

/** A channel of packed pixels → its value in 0 … 255. */
function channel(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 255;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most);
}

/** @throws Error when the file is damaged, or packed in a way that is not read */
export function decodeBitmap(bytes: Uint8Array): Bitmap {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return decode(view);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause; // RangeError: the file ends early
    throw new Error('the bitmap is cut off', { cause });
  }
}

function decode(view: DataView): Bitmap {
  const headerBytes = view.getUint32(INFO, true);
  if (headerBytes < 40) throw new Error('a bitmap of OS/2, which is not read');
  const width = view.getInt32(18, true);
  const signedHeight = view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const bits = view.getUint16(28, true);
  const packing = view.getUint32(30, true);
  if (width <= 0 || height === 0) throw new Error('the bitmap is damaged');
  if (![1, 4, 8, 16, 24, 32].includes(bits) || (packing !== 0 && !(BITFIELDS.has(packing) && bits >= 16)))
    throw new Error('a packed bitmap, which is not read; save it as PNG');
  const colourOf = bits <= 8 ? palette(view, headerBytes, bits) : direct(view, bits, BITFIELDS.has(packing));
  const start = view.getUint32(10, true);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const row = start + (signedHeight > 0 ? height - 1 - y : y) * rowBytes;
    for (let x = 0; x < width; x++) rgba.set(colourOf(row, x), (y * width + x) * 4);
  }
  return { width, height, rgba };
}

/** The colour of pixel `x` of the row at `row`: [R, G, B, A]. */
type ColourAt = (row: number, x: number) => readonly number[];

function palette(view: DataView, headerBytes: number, bits: number): ColourAt {
  const colours = INFO + headerBytes;
  return (row, x) => {
    const byte = view.getUint8(row + Math.floor((x * bits) / 8));
    const index = (byte >>> (8 - bits - ((x * bits) % 8))) & ((1 << bits) - 1);
    const at = colours + 4 * index;
    return [view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at), 255];
  };
}

function direct(view: DataView, bits: number, masked: boolean): ColourAt {
  if (bits === 24)
    return (row, x) => {
      const at = row + 3 * x;
      return [view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at), 255];
    };
  const usual = bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff];
  const masks = masked ? [54, 58, 62].map((at) => view.getUint32(at, true)) : usual;
  // The fourth mask is there in longer headers only; without masks the fourth byte means nothing.
  const alpha = masked && view.getUint32(INFO, true) >= 56 ? view.getUint32(66, true) : 0;
  const channels = [...masks, alpha].map(channel);
  return (row, x) => {
    const pixel = bits === 16 ? view.getUint16(row + 2 * x, true) : view.getUint32(row + 4 * x, true);
    return channels.map((of) => of(pixel));
  };
}
