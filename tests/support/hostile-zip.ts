/** Zips that nobody's packer writes: entries that unpack to a multiple of what they are, or of what they say. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface HostileEntry {
  readonly name: string;
  /** Packed with deflate. */
  readonly packed: Uint8Array;
  /** Unpacked size as the directory says it. */
  readonly claims: number;
  readonly crc: number;
}

/** An honest entry. */
export const entry = (name: string, content: Uint8Array): HostileEntry => ({
  name,
  packed: deflateRawSync(content),
  claims: content.length,
  crc: crc32(content),
});

/** So many zeros, a thousandth of it packed. @param claims its size as it is told */
export function bomb(name: string, bytes: number, claims = bytes): HostileEntry {
  const zeros = Buffer.alloc(bytes);
  return { name, packed: deflateRawSync(zeros, { level: 9 }), claims, crc: crc32(zeros) };
}

export function hostileZip(entries: readonly HostileEntry[]): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, packed, claims, crc } of entries) {
    const text = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims, 18);
    common.writeUInt16LE(text.length, 22);
    const head = Buffer.concat([Buffer.from('PK\x03\x04'), common, text, packed]);
    const listed = Buffer.alloc(46);
    listed.write('PK\x01\x02');
    listed.writeUInt16LE(20, 4);
    common.copy(listed, 6, 0, 24);
    listed.writeUInt16LE(text.length, 28);
    listed.writeUInt32LE(at, 42);
    directory.push(listed, text);
    parts.push(head);
    at += head.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, list, end]));
}
