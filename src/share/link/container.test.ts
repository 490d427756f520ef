import { expect, it } from 'vitest';
import { readOutline, writeContainer } from './container.ts';

const section = (tag: number) => ({ tag, content: Uint8Array.of(tag, tag + 1) });

it('sections are read as they were written', () => {
  const bytes = writeContainer([section(3), section(1)]);
  const outline = readOutline(bytes)!;
  expect(outline.length).toBe(bytes.length);
  expect(outline.sections(bytes)).toEqual(
    new Map([
      [3, Uint8Array.of(3, 4)],
      [1, Uint8Array.of(1, 2)],
    ]),
  );
});

it('no section occurs twice, and there are at most 64', () => {
  expect(() => readOutline(writeContainer([section(3), section(3)]))).toThrow('A section occurs twice.');
  const many = (count: number) => writeContainer(Array.from({ length: count }, (_, tag) => section(tag)));
  expect(readOutline(many(64))).not.toBeNull();
  expect(readOutline(many(65))).toBeNull();
});
