/** Tables that name files: how they are written, and what is left out of them. */
import { describe, expect, it } from 'vitest';
import { gzipped } from '../../../tests/support/bytes.ts';
import { contents, fakeTree, messagesOf, openDropped, textOf } from '../test-files.ts';
import { images, table } from './test-tables.ts';

describe('tables that name files', () => {
  it.each([
    ['CSV', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('reads %s, names with and without extension, splits, quotes', async (_, separator) => {
    const reader = await openDropped({ ...images, 'labels.csv': table(separator) });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({
      layout: 'table',
      classes: ['cat, old', 'dög'],
      counts: [8, 4],
      labelColumn: 'breed',
    });
    expect(reader.plan.images.filter(({ side }) => side === 'test')).toHaveLength(3);
    const read = await contents(reader);
    expect(new Set([...read.values()].map(textOf)).size).toBe(12);
    const byId = await reader.relabel({ labelColumn: 'id' });
    expect(byId.plan.problems.map(({ message }) => message).join()).toMatch(/12 classes with too few images/);
  });

  it.each([
    ['', '"cat'],
    ['', '"O" ring'],
    ['\n"im 10.jpg","dog"', '"cat'],
  ])('reads a line with an open quotation mark by itself; behind it: %j', async (behind, label) => {
    const rows = Array.from({ length: 10 }, (_, i) => `im ${i}.jpg,${i === 3 ? label : i % 2 ? 'cat' : 'dog'}`);
    const reader = await openDropped({ ...images, 'labels.csv': `file,label\n${rows.join('\n')}${behind}\n` });
    expect(reader.plan.counts.toSorted()).toEqual(behind ? [4, 6] : [4, 5]);
    expect(messagesOf(reader)).toMatch(/A quotation mark does not close in 1 row of “labels\.csv” \(row 4\)\./);
  });

  it('goes on literally after many lines with open quotation marks', async () => {
    const rows = Array.from({ length: 4000 }, (_, i) => `im ${i % 12}.jpg,"${i % 2 ? 'cat' : 'dog'}`);
    const reader = await openDropped({ ...images, 'labels.csv': `file,label\n${rows.join('\n')}\n` });
    expect(reader.plan.counts).toEqual([6, 6]);
    expect(messagesOf(reader)).toMatch(/does not close in 4,000 rows of “labels\.csv” \(first in row 1\)/);
  });

  it('counts only lines with quotation marks among those that it reads literally', async () => {
    const rows = Array.from(
      { length: 4000 },
      (_, i) => `im ${i % 12}.jpg,${i < 21 ? '"' : ''}${i % 2 ? 'cat' : 'dog'}`,
    );
    const reader = await openDropped({ ...images, 'labels.csv': `file,label\n${rows.join('\n')}\n` });
    expect(messagesOf(reader)).toMatch(/does not close in 21 rows of “labels\.csv” \(first in row 1\)/);
  });

  it('reads it gzipped, in UTF-16 and in Windows-1252', async () => {
    const text = table(',');
    const codes = Uint16Array.from(text, (character) => character.charCodeAt(0));
    const utf16 = new Uint8Array(codes.buffer); // with the byte order of every machine that browsers run on
    const windows = Uint8Array.from(codes.subarray(1));
    for (const bytes of [utf16, windows]) {
      const reader = await openDropped({ ...images, 'labels.csv': bytes });
      expect(reader.plan.classes).toEqual(['cat, old', 'dög']);
    }
    expect((await openDropped({ ...images, 'labels.csv.gz': await gzipped(text) })).plan.classes).toEqual([
      'cat, old',
      'dög',
    ]);
  });

  it('counts what is missing, named twice or malformed', async () => {
    const reader = await openDropped({
      ...images,
      'labels.csv': `${table(',', 14)}\nonly one\nim 1,im 1.jpg,cat,train\n`,
    });
    expect(messagesOf(reader)).toMatch(
      /2 rows left out \(im 12, im 13\.jpg\): the image that “labels\.csv” names is not among/,
    );
    expect(messagesOf(reader)).toMatch(/“im 1\.jpg” left out: “labels\.csv” names the image twice/);
    expect(messagesOf(reader)).toMatch(/1 row of “labels\.csv” left out: damaged/);
  });

  it('counts missing images beyond what a call takes as arguments', async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `other ${i}.jpg,cat`);
    const reader = await openDropped({ ...images, 'labels.csv': ['file,label', 'im 1.jpg,cat', ...rows].join('\n') });
    expect(messagesOf(reader)).toMatch(
      /^200,000 rows left out \(other 0\.jpg, other 1\.jpg, other 2\.jpg and 199,997 more/,
    );
  });

  it('reads Windows-1252 where the first letter beyond ASCII comes late', async () => {
    const before = Array.from({ length: 3000 }, (_, i) => `${'folder/'.repeat(50)}other ${i}.jpg,Hund`);
    const rows = Array.from({ length: 12 }, (_, i) => `im ${i}.jpg,${i % 2 ? 'Hund' : 'K\xe4fer'}`);
    const text = ['file,label', ...before, ...rows].join('\n');
    const reader = await openDropped({
      ...images,
      'labels.csv': Uint8Array.from(text, (character) => character.charCodeAt(0)),
    });
    expect(reader.plan.classes).toEqual(['Hund', 'Käfer']);
  });

  it.each([
    ['a line that names the separator', 'sep=;\r\n', ';', ''],
    ['separators behind the last cell', '', ',', ','],
  ])('reads tables with %s', async (_, before, separator, end) => {
    const rows = Array.from({ length: 12 }, (_, i) => `im ${i}.jpg${separator}${i % 2 ? 'cat' : 'dog'}${end}`);
    const reader = await openDropped({
      ...images,
      'labels.csv': `${before}file${separator}label\r\n${rows.join('\r\n')}`,
    });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ classes: ['cat', 'dog'], counts: [6, 6] });
  });

  it('says of a table without a row that can be read why', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `im ${i}.jpg,cat,1`);
    const reader = await openDropped({ ...images, 'labels.csv': ['file,label', ...rows].join('\n') });
    expect(messagesOf(reader)).toMatch(
      /^“labels\.csv” left out: every row is damaged, or has more or fewer cells than the header/,
    );
  });

  it('leaves a table that is none of the data set alone', async () => {
    const reader = await openDropped({
      ...fakeTree(['cat', 'dog']),
      'prices.csv': 'item,price\nmilk,2\nbread,3\n',
      'empty.csv': '',
    });
    expect(reader.plan.layout).toBe('classes');
    expect(messagesOf(reader)).toMatch(/“empty\.csv” left out: it is empty/);
  });
});
