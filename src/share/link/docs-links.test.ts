/** docs/links.md against the code: its example is taken apart here with nothing but what the page says. */
import { describe, expect, it } from 'vitest';
import { referenceCrc32 as crc32 } from '../../../tests/support/bytes.ts';
import { readText } from '../../../tests/support/files.ts';
import { decodeResultLink } from './result-link.ts';

const page = readText('docs/links.md');
const [, fragment, hex] = /```text\n#(r1\.\S+)\n```[^`]*```text\n([0-9a-f\n]+)```/.exec(page) ?? [];
const base64 = fragment.slice(3).replaceAll('-', '+').replaceAll('_', '/');
const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
/** Little-endian, as the page says. */
const unsigned = (from: Uint8Array, at: number, length: number): number =>
  from.subarray(at, at + length).reduceRight((value, byte) => value * 256 + byte, 0);

describe('the example of docs/links.md', () => {
  it('is the link of its bytes', () =>
    expect(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(hex.replaceAll('\n', '')));

  it('has the header and the sections that the page describes', () => {
    expect(bytes[0]).toBe(1);
    expect(unsigned(bytes, 1, 3)).toBe(bytes.length);
    expect(bytes[4]).toBe(crc32(bytes.subarray(0, 4)) & 0xff);
    expect(unsigned(bytes, 5, 4)).toBe(crc32(bytes.subarray(9)));
    const sections: { tag: number; content: Uint8Array }[] = [];
    let at = 9;
    const varint = (): number => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++];
        value += (byte & 127) << shift;
        if (byte < 128) return value;
      }
    };
    while (at < bytes.length) {
      const tag = bytes[at++];
      const length = varint();
      sections.push({ tag, content: bytes.subarray(at, at + length) });
      at += length;
    }
    expect(sections.map(({ tag }) => tag)).toEqual([7, 1, 3, 4, 2, 5, 6]);
    const [table, ...rest] = sections;
    const own = table.content.length - 3;
    expect(unsigned(table.content, own, 3)).toBe(crc32(table.content.subarray(0, own)) & 0xffffff);
    let entry = 0;
    for (const { tag, content } of rest) {
      expect(table.content[entry]).toBe(tag);
      entry += content.length < 128 ? 2 : 3;
      expect(unsigned(table.content, entry, 3)).toBe(crc32(content) & 0xffffff);
      entry += 3;
    }
    // An array of five values; no run, path, value or pruned adapter.
    expect([...rest[0].content.subarray(0, 2)]).toEqual([6, 5]);
    for (const { content } of rest.slice(1, 5)) expect(content[0]).toBe(0);
  });

  it('opens', () => {
    const decoded = decodeResultLink(fragment);
    expect(decoded.ok && decoded.result).toMatchObject({ status: 'stopped', runs: [], landscape: [] });
  });
});
