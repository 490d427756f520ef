/** Gigabytes of zeros for files that somebody made to harm, packed in no time. Node only. */
import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { HostileEntry } from './hostile-zip.ts';

const BLOCK = new Uint8Array(8 * 2 ** 20);
const PACKED = deflateRawSync(BLOCK, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
const END = deflateRawSync(new Uint8Array(0));

/** @param bytes a multiple of 8 MiB; packed they are less than a thousandth of it */
export function packedZeros(bytes: number): Pick<HostileEntry, 'packed' | 'crc'> {
  const blocks = bytes / BLOCK.length;
  let crc = 0;
  for (let i = 0; i < blocks; i++) crc = crc32(BLOCK, crc);
  return { packed: Buffer.concat([...Array.from({ length: blocks }, () => PACKED), END]), crc };
}
