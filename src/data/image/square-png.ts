/** Pictures as PNG. A canvas may change pixels, and Node has none. */
import { encode } from 'fast-png';

/** @param pixels [size, size, 3] uint8 RGB */
export const squarePng = (pixels: Uint8Array, size: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(encode({ width: size, height: size, data: pixels, channels: 3 }));
