/** Zips that nobody's packer writes: entries that unpack to a multiple of what they are, or of what they say. */
import { deflateSync } from 'fflate';
import { crc32 } from '../../src/core/crc32.ts';
import { together } from './bytes.ts';

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
  packed: deflateSync(content),
  claims: content.length,
  crc: crc32(content),
});

/** Packing zeros takes seconds, so each size is packed once. */
const packedZeros = new Map<number, Pick<HostileEntry, 'packed' | 'crc'>>();

function zeros(bytes: number): Pick<HostileEntry, 'packed' | 'crc'> {
  const known = packedZeros.get(bytes);
  if (known) return known;
  const content = new Uint8Array(bytes);
  const made = { packed: deflateSync(content, { level: 9 }), crc: crc32(content) };
  packedZeros.set(bytes, made);
  return made;
}

/** So many zeros, a thousandth of it packed. @param claims its size as it is told @param pack another way to pack zeros */
export const bomb = (name: string, bytes: number, claims = bytes, pack = zeros): HostileEntry => ({
  name,
  ...pack(bytes),
  claims,
});

/** Little-endian numbers of so many bytes each. */
function numbers(...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Uint8Array {
  const out = new DataView(new ArrayBuffer(fields.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of fields) {
    if (bytes === 2) out.setUint16(at, value, true);
    else out.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(out.buffer);
}

const [LOCAL, LISTED, END] = [0x04034b50, 0x02014b50, 0x06054b50];

export function hostileZip(entries: readonly HostileEntry[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, packed, claims, crc } of entries) {
    const text = new TextEncoder().encode(name);
    // Version, flags, deflate, time, date, checksum, both sizes, length of the name.
    const common = [
      [20, 2],
      [0, 2],
      [8, 2],
      [0, 2],
      [0, 2],
      [crc, 4],
      [packed.length, 4],
      [claims, 4],
      [text.length, 2],
      [0, 2],
    ] as const;
    const local = together([numbers([LOCAL, 4], ...common), text, packed]);
    directory.push(numbers([LISTED, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), text);
    parts.push(local);
    at += local.length;
  }
  const list = together(directory);
  const count = Math.min(entries.length, 0xffff);
  const end = numbers([END, 4], [0, 2], [0, 2], [count, 2], [count, 2], [list.length, 4], [at, 4], [0, 2]);
  return together([...parts, list, end]);
}
