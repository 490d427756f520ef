/** Checksums of 32 bits: they detect every change within 32 neighbouring bits, and all but one in 4·10⁹ of the others. */

/** Row 0: the effect of one byte on the checksum; row r: its effect r bytes later. @param polynomial its bits reversed */
function tables(rows: number, polynomial: number): Uint32Array[] {
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value;
  });
  const all = [first];
  while (all.length < rows) all.push(all[all.length - 1].map((value) => first[value & 0xff] ^ (value >>> 8)));
  return all;
}

/** Unsigned 32-bit checksum, computed four bytes at a time. @param before checksum of the preceding bytes, to continue from */
type Checksum = (bytes: Uint8Array, before?: number) => number;

function checksum(polynomial: number): Checksum {
  const table = tables(4, polynomial);
  return (bytes, before = 0) => sumOf(table, bytes, before);
}

/** CRC-32 (ISO 3309), as in zip and PNG. */
export const crc32: Checksum = /* @__PURE__ */ checksum(0xedb88320);

/** CRC-32C (Castagnoli; RFC 3720), as in TFRecord files. */
export const crc32c: Checksum = /* @__PURE__ */ checksum(0x82f63b78);

function sumOf([last, third, second, first]: readonly Uint32Array[], bytes: Uint8Array, before: number): number {
  let value = ~before;
  let i = 0;
  for (; i + 4 <= bytes.length; i += 4) {
    value ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    value =
      first[value & 0xff] ^ second[(value >>> 8) & 0xff] ^ third[(value >>> 16) & 0xff] ^ last[(value >>> 24) & 0xff];
  }
  for (; i < bytes.length; i++) value = last[(value ^ bytes[i]) & 0xff] ^ (value >>> 8);
  return ~value >>> 0;
}
