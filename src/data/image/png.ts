/** PNG files of decoded images, equal wherever they are written: a canvas may change pixels, and Node has none. */
import { zlibSync } from 'fflate';
import { crc32 } from '../../core/crc32.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** 8 bits a channel, RGB, the one compression and filter method, not interlaced. */
const KIND = [8, 2, 0, 0, 0];

const uint32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];

function chunk(name: string, data: ArrayLike<number>): Uint8Array {
  const named = Uint8Array.from([...name].map((letter) => letter.charCodeAt(0)).concat(Array.from(data)));
  return Uint8Array.from([...uint32(data.length), ...named, ...uint32(crc32(named))]);
}

/** @param pixels [side, side, 3] uint8 RGB */
export function pngOf(pixels: Uint8Array, side: number): Uint8Array<ArrayBuffer> {
  const row = 3 * side;
  const lines = new Uint8Array(side * (row + 1)); // before every row its filter: 0, none
  for (let y = 0; y < side; y++) lines.set(pixels.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  const parts = [
    chunk('IHDR', [...uint32(side), ...uint32(side), ...KIND]),
    chunk('IDAT', zlibSync(lines)),
    chunk('IEND', []),
  ];
  return Uint8Array.from([...SIGNATURE, ...parts.flatMap((part) => [...part])]);
}
