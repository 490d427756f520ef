/** Tables that hold images: as text, or pixel by pixel. */
import { describe, expect, it } from 'vitest';
import { contents, messagesOf, openDropped, textOf } from '../test-files.ts';
import type { RawImage } from './records.ts';
import { images } from './test-tables.ts';

const base64 = (i: number) => btoa(`\x89PNG\r\n\x1a\n${'content '.repeat(6)}${i}`);

const pixels = (count: number, rows = 12) =>
  [
    [...Array.from({ length: count }, (_, i) => `pixel${i}`), 'label'].join(','),
    ...Array.from({ length: rows }, (_, row) =>
      [...Array.from({ length: count }, (_, i) => (i * 7 + row * 13) % 256), row % 3].join(','),
    ),
  ].join('\n');

describe('tables that hold images', () => {
  it('reads base64 in JSON lines, also nested, and in CSV', async () => {
    const lines = Array.from({ length: 10 }, (_, i) =>
      JSON.stringify({ image: { bytes: base64(i), path: `${i}.png` }, label: i % 2, note: null }),
    );
    const csv = [
      'image,label',
      ...Array.from({ length: 10 }, (_, i) => `data:image/png;base64,${base64(i)},${i % 2}`).map((row) =>
        row.replace(';base64,', ';base64|'),
      ),
    ];
    const quoted = csv.map((row, i) =>
      i === 0
        ? row
        : `"${row.slice(0, row.lastIndexOf(',')).replace('|', ',')}",${row.slice(row.lastIndexOf(',') + 1)}`,
    );
    for (const [name, text] of [
      ['a.jsonl', `${lines.join('\n')}\n{"broken": \n[1, 2]\n`],
      ['a.csv', quoted.join('\n')],
    ]) {
      const reader = await openDropped({ [name]: text });
      expect(reader.plan).toMatchObject({ layout: 'table', classes: ['0', '1'], counts: [5, 5] });
      const read = await contents(reader, [3, 8]);
      expect([...read.keys()]).toEqual([3, 8]);
      expect(textOf(read.get(8))).toMatch(/content 8$/);
      if (name === 'a.jsonl') expect(messagesOf(reader)).toMatch(/2 rows of “a\.jsonl” left out/);
    }
  });

  it.each([
    ['line ends of Unix', ',', '\n'],
    ['line ends of Windows', ',', '\r\n'],
    ['spaces after commas', ', ', '\n'],
  ])('reads pixels in cells, with %s', async (_, separator, newline) => {
    const header = ['label', ...Array.from({ length: 64 }, (_, i) => `pixel${i}`)].join(separator);
    const rows = Array.from({ length: 8 }, (_, i) =>
      [i % 2, ...Array.from({ length: 64 }, (_, p) => (p === i ? 255 : p))].join(separator),
    );
    const reader = await openDropped({ 'train.csv': [header, ...rows].join(newline) });
    expect(reader.plan).toMatchObject({ layout: 'table', classes: ['0', '1'], counts: [4, 4] });
    const image = (await contents(reader, [5])).get(5) as RawImage;
    expect(image).toMatchObject({ width: 8, height: 8, channels: 1 });
    expect([...image.data.subarray(4, 7)]).toEqual([4, 255, 6]);
  });

  it('tells the values of pixels by rows from all of a table, also where its header tells the classes', async () => {
    const header = [...Array.from({ length: 64 }, (_, i) => `pixel${i}`), 'label'];
    const rows = Array.from({ length: 400 }, (_, row) => [
      ...Array.from({ length: 64 }, (_, i) => (row < 250 ? (i + row) % 17 : (i * 4) % 256)),
      Number(row < 250),
    ]);
    const reader = await openDropped({ 'a.csv': [header, ...rows].map((row) => row.join()).join('\n') });
    expect(reader.plan.counts).toEqual([150, 250]);
    expect(messagesOf(reader)).toBe('');
    const { data } = (await contents(reader, [399])).get(399) as RawImage;
    expect([...data.subarray(10, 13)]).toEqual([40, 44, 48]);
  });

  it('uses the largest of tables that hold pixels in several sizes, as those of HAM10000', async () => {
    const reader = await openDropped({
      'a_8_L.csv': pixels(64),
      'a_8_RGB.csv': pixels(192),
      'b_10_L.csv': pixels(100),
    });
    expect(reader.plan).toMatchObject({ classes: ['0', '1', '2'], counts: [4, 4, 4] });
    expect(reader.plan.images[0].path).toMatch(/^a_8_RGB/);
    expect(messagesOf(reader)).toMatch(
      /“a_8_L\.csv” left out: “a_8_RGB\.csv” is used, and these may be the same images in another size/,
    );
  });

  it('uses a smaller table of pixels where the largest ends in damage, and that one where it is alone', async () => {
    const damaged = { 'big.csv': `${pixels(100, 300)}\n"${'x'.repeat(26 * 1024 * 1024)}` };
    const both = await openDropped({ ...damaged, 'small.csv': pixels(64, 300) });
    expect(both.plan.counts).toEqual([100, 100, 100]);
    expect(both.plan.images[0].path).toMatch(/^small/);
    expect(messagesOf(both)).toMatch(/“big\.csv” left out: a row is longer/);
    expect(messagesOf(both)).not.toMatch(/is used/);
    const alone = await openDropped(damaged);
    expect(alone.plan.counts).toEqual([100, 100, 100]);
    expect(messagesOf(alone)).toMatch(/a row is longer/);
  });

  it('keeps the largest tables of pixels that can be read where another of their size is damaged', async () => {
    const damaged = `${pixels(100, 300)}\n"${'x'.repeat(26 * 1024 * 1024)}`;
    const reader = await openDropped({ 'a.csv': pixels(100), 'b.csv': damaged, 'small.csv': pixels(64) });
    expect(new Set(reader.plan.images.map(({ path }) => path[0]))).toContain('a');
    expect(reader.plan.images.map(({ path }) => path).join()).not.toMatch(/small/);
    expect(messagesOf(reader)).toMatch(/“b\.csv” left out: a row is longer/);
    expect(messagesOf(reader)).toMatch(/“small\.csv” left out: “a\.csv” is used/);
  });

  it('uses a table of pixels where one of the same classes names images that are not here', async () => {
    const files = ['file,label', ...Array.from({ length: 12 }, (_, i) => `gone${i}.jpg,${i % 3}`)].join('\n');
    const reader = await openDropped({ 'files.csv': files, 'pixels.csv': pixels(64) });
    expect(reader.plan.counts).toEqual([4, 4, 4]);
    expect(messagesOf(reader)).toMatch(/the image that “files\.csv” names is not among the files/);
    expect(messagesOf(reader)).not.toMatch(/is used/);
  });

  it('gives up on a row without end instead of on the memory', async () => {
    const reader = await openDropped({ ...images, 'a.csv': `file,label\n"${'x'.repeat(26 * 1024 * 1024)}` });
    expect(messagesOf(reader)).toMatch(/longer than 24 MB/);
  });
});
