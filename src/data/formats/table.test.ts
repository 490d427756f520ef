import { describe, expect, it } from 'vitest';
import { gzipped } from '../../../tests/support/bytes.ts';
import { contents, fakeTree, messagesOf, openDropped, textOf } from '../test-files.ts';
import type { RawImage } from './records.ts';

const images = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`images/im ${i}.jpg`, `content ${i}`]));
const base64 = (i: number) => btoa(`\x89PNG\r\n\x1a\n${'content '.repeat(6)}${i}`);

describe('tables that name files', () => {
  const table = (separator: string, rows = 12) =>
    ['\ufeffid', 'filename', 'breed', 'split'].join(separator) +
    '\r\n' +
    Array.from({ length: rows }, (_, i) =>
      [i, `"im ${i}${i % 2 ? '.jpg' : ''}"`, i % 3 ? '"cat, old"' : 'dög', i % 4 ? 'train' : 'test'].join(separator),
    ).join('\r\n');

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

  it('names rows of several classes, and too many tables', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `im ${i}.jpg,${Number(i < 8)},${Number(i > 5 && i < 11)}`);
    const hot = await openDropped({ ...images, '_classes.csv': `filename,a,b\n${rows.join('\n')}` });
    expect(hot.plan.counts).toEqual([6]);
    expect(messagesOf(hot)).toMatch(
      /2 rows left out \(im 6\.jpg, im 7\.jpg\): “_classes\.csv” gives the image several classes\./,
    );
    expect(messagesOf(hot)).toMatch(/1 image without a class left out\./);
    const tables = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`cat/${i}.csv`, 'a,b\n1,2\n']));
    const many = await openDropped({ ...fakeTree(['cat', 'dog']), ...tables, 'cat/notes.doc': 'x' });
    expect(many.plan.classes).toEqual(['cat', 'dog']);
    expect(messagesOf(many)).toMatch(/65 tables left out \(.*\): labels are read from at most 64 tables\./);
    expect(messagesOf(many)).toMatch(/“cat\/notes\.doc” left out: not JPEG/);
  });

  it('takes numbered classes for a header also where images are called so', async () => {
    const numbered = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.png`, `content ${i}`]));
    for (const name of [(i: number) => `${i}.png`, String]) {
      const rows = Array.from({ length: 12 }, (_, i) => [name(i), ...[0, 1, 2].map((c) => Number(i % 3 === c))].join());
      const hot = await openDropped({ ...numbered, 'classes.csv': `filename,0,1,2\n${rows.join('\n')}` });
      expect(hot.plan).toMatchObject({ classes: ['0', '1', '2'], counts: [4, 4, 4] });
      const headless = Array.from({ length: 12 }, (_, i) => `${name(i)},${i % 2 ? 'cat' : 'dog'}`);
      const plain = await openDropped({ ...numbered, 'labels.csv': headless.join('\n') });
      expect(plain.plan).toMatchObject({ classes: ['cat', 'dog'], counts: [6, 6] });
    }
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

  it('reads metadata beside the images of each split, and one-hot columns', async () => {
    const hot = `filename,cat,dog\n${Array.from({ length: 8 }, (_, i) => `${i}.png,${i % 2},${1 - (i % 2)}`).join('\n')}`;
    const side = (name: string) =>
      Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`${name}/${i}.png`, `${name} ${i}`]));
    const reader = await openDropped({
      ...side('train'),
      ...side('test'),
      'train/_classes.csv': hot,
      'test/_classes.csv': hot,
    });
    expect(reader.plan).toMatchObject({ classes: ['cat', 'dog'], counts: [8, 8] });
    const read = await contents(reader);
    for (const { record, side: given } of reader.plan.images)
      expect(textOf(read.get(record))).toMatch(new RegExp(`^${given}`));
  });

  it.each([
    ['line ends of Windows', ',', '\r\n'],
    ['spaces after commas', ', ', '\n'],
  ])('reads one-hot columns with %s', async (_, separator, newline) => {
    for (const classes of [
      ['cat', 'dog', 'hen'],
      ['cat', 'dog'],
    ]) {
      const hot = Array.from({ length: 12 }, (_, i) =>
        [`im ${i}.jpg`, ...classes.map((_, label) => Number(i % classes.length === label))].join(separator),
      );
      const text = [['filename', ...classes].join(separator), ...hot, ''].join(newline);
      const reader = await openDropped({ ...images, 'labels.csv': text });
      expect(messagesOf(reader)).toBe('');
      expect(reader.plan.classes).toEqual(classes);
    }
  });

  const sided = (column: string, valueOf: (i: number) => string) =>
    openDropped({
      ...images,
      'labels.csv': [
        `filename,label,${column}`,
        ...Array.from({ length: 12 }, (_, i) => `im ${i}.jpg,${i % 2 ? 'cat' : 'dog'},${valueOf(i)}`),
      ].join('\n'),
    });
  const third = (values: readonly string[]) => (i: number) => values[Math.floor(i / 4)];

  it.each([
    ['split', ['train', 'val', 'holdout']],
    ['split', ['train', 'val', 'test_public']],
    ['Usage', ['Training', 'Validation', 'PrivateTest']],
    ['dataset_split', ['train', 'valid', 'test']],
    ['data set', ['training set', 'val_set', 'test_set']],
    ['train_test_split', ['train', 'dev', 'test']],
  ])('knows the column of splits %s with %j', async (column, values) => {
    const reader = await sided(column, third(values));
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan.columns).toEqual([]);
    const sides = new Map(reader.plan.images.map(({ record, side }) => [record, side]));
    expect([0, 4, 8].map((at) => sides.get(at))).toEqual(['train', 'validation', 'test']);
  });

  it.each([
    ['is_train', ['1', '0', '0'], ['train', 'test', 'test']],
    ['is_train,is_valid', ['1,0', '0,1', '0,0'], ['train', 'validation', 'test']],
    ['is_train,is_flipped', ['1,0', '0,1', '0,0'], ['train', 'test', 'test']],
    ['is_test', ['False', 'False', 'True'], ['train', 'train', 'test']],
    ['is_valid', ['no', 'yes', 'no'], ['train', 'validation', 'train']],
  ])('knows a column that asks for one split: %s', async (column, values, expected) => {
    const reader = await sided(column, third(values));
    const sides = new Map(reader.plan.images.map(({ record, side }) => [record, side]));
    expect([0, 4, 8].map((at) => sides.get(at))).toEqual(expected);
    const asking = column.split(',').filter((name) => name !== 'is_flipped');
    expect(messagesOf(reader)).toBe(
      `The splits of “labels.csv” are those that ${asking.join(', ')} ${asking.length > 1 ? 'say' : 'says'}.`,
    );
  });

  it('takes columns of classes that are called so for classes', async () => {
    const hot = Array.from(
      { length: 12 },
      (_, i) => `im ${i}.jpg,${[0, 1, 2].map((label) => Number(i % 3 === label)).join()}`,
    );
    const reader = await openDropped({
      ...images,
      'labels.csv': ['filename,is_train,is_bus,is_car', ...hot].join('\n'),
    });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ classes: ['is_bus', 'is_car', 'is_train'], counts: [4, 4, 4] });
    expect(reader.plan.images.every(({ side }) => side === null)).toBe(true);
  });

  it.each([
    ['is_valid', ['1', '1', '0']],
    ['phase', ['train', 'a', 'b']],
  ])('passes over a column that names no splits, and says so: %s', async (column, values) => {
    const reader = await sided(column, third(values));
    expect(reader.plan.images.every(({ side }) => side === null)).toBe(true);
    expect(messagesOf(reader)).toMatch(
      new RegExp(`^The column “${column}” of “labels\\.csv” is not read as one of splits`),
    );
  });

  it('says what becomes of splits that it does not know', async () => {
    const reader = await sided('split', third(['train', 'test', 'other']));
    expect(messagesOf(reader)).toBe(
      '4 rows of “labels.csv” are taken for training: the column “split” says other there, which is no known split.',
    );
    expect(messagesOf(await sided('split', third(['train', 'test', ''])))).toMatch(
      /^4 rows of “labels\.csv” are taken for training: the column “split” says no split there\.$/,
    );
  });

  it('does not take a class for a split', async () => {
    const names = ['train', 'test tube', 'bus'];
    const paths = ['train', 'test'].flatMap((side) =>
      names.flatMap((name) => [0, 1, 2, 3].map((i) => `${side}/${name}/${i}.png`)),
    );
    const rows = paths.map((path) => `${path},${path.split('/')[1]}`);
    const reader = await openDropped({
      ...Object.fromEntries(paths.map((path) => [path, path])),
      'all.csv': ['path,label', ...rows].join('\n'),
    });
    expect(reader.plan).toMatchObject({ layout: 'table', counts: [8, 8, 8] });
    for (const { path, side } of reader.plan.images) expect(side).toBe(path.split('/')[0]);
  });

  /** Names of images in folders, with a class each. */
  const inFolders = (folders: Readonly<Record<string, number>>) =>
    Object.entries(folders).flatMap(([folder, label]) =>
      Array.from({ length: 6 }, (_, i) => ({ path: `${folder}/${folder.replaceAll(/\W/g, '_')}_${i}.png`, label })),
    );
  const openFolders = (table: string, rows: ReturnType<typeof inFolders>, nameOf: (path: string) => string) =>
    openDropped({
      ...Object.fromEntries(rows.map(({ path }) => [path, path])),
      [table]: ['image,label', ...rows.map(({ path, label }) => `${nameOf(path)},${label}`)].join('\n'),
    });
  const bare = (path: string) => path.split('/').at(-1) as string;

  it.each([
    ['bare names', bare],
    ['paths', (path: string) => path],
  ])('takes folders of classes with other names in the table for none of splits: %s', async (_, nameOf) => {
    for (const folders of [
      { 'bullet train': 0, 'test tube': 1, bus: 2 },
      { train: 0, 'test tube': 1 },
    ] as readonly Record<string, number>[]) {
      const reader = await openFolders('labels.csv', inFolders(folders), nameOf);
      expect(reader.plan.layout).toBe('table');
      expect(reader.plan.images.every(({ side }) => side === null)).toBe(true);
    }
  });

  it.each(['dev/labels.csv', 'dev/tables/labels.csv', 'labels.csv'])(
    'finds splits in the folders of images below one that is called like a split: %s',
    async (table) => {
      const rows = ['train', 'val'].flatMap((side) => inFolders({ [`dev/${side}/a`]: 0, [`dev/${side}/b`]: 1 }));
      const reader = await openFolders(table, rows, bare);
      expect(reader.plan.counts).toEqual([12, 12]);
      for (const { path, side } of reader.plan.images)
        expect(side).toBe(path.includes('_train_') ? 'train' : 'validation');
    },
  );

  it('finds splits in the folders of tables', async () => {
    const lines = (name: string) =>
      Array.from({ length: 8 }, (_, i) => JSON.stringify({ image: base64(i), label: `${i % 2}`, name })).join('\n');
    const reader = await openDropped({ 'dev/train/a.jsonl': lines('x'), 'dev/test/a.jsonl': lines('y') });
    expect(reader.plan.counts).toEqual([8, 8]);
    for (const { path, side } of reader.plan.images) expect(side).toBe(path.split('/')[1]);
  });

  const manyRows = (header: string, cellsOf: (i: number) => string, count = 600) => {
    const numbers = [...Array(count).keys()];
    return openDropped({
      ...Object.fromEntries(numbers.map((i) => [`many/${i}.jpg`, `content ${i}`])),
      'labels.csv': [header, ...numbers.map((i) => `${i}.jpg,${cellsOf(i)}`)].join('\n'),
    });
  };

  it.each([
    ['the only column left', 'file,befund', (i: number) => (i < 300 ? 'a' : 'b')],
    ['a column in German', 'Datei,Klasse,Alter', (i: number) => `${i < 300 ? 'a' : 'b'},${i % 40}`],
    ['dx before dx_type', 'image_id,dx,dx_type', (i: number) => `${i < 300 ? 'a' : 'b'},${['histo', 'other'][i % 2]}`],
  ])('knows the classes of a table that is sorted by them: %s', async (_, header, cellsOf) => {
    const reader = await manyRows(header, cellsOf);
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ classes: ['a', 'b'], counts: [300, 300] });
  });

  it('guesses at the classes of a table by rows from all of it, and says so', async () => {
    const reader = await manyRows('file,befund,sex', (i) => `${i < 300 ? 'a' : 'b'},${i % 2 ? 'm' : 'w'}`);
    expect(reader.plan).toMatchObject({ classes: ['a', 'b'], labelColumn: 'befund' });
    expect(messagesOf(reader)).toBe(
      'No column is called like labels. What is in “befund” counts as the classes; if that is wrong, choose another column where the classes are chosen.',
    );
    const chosen = await reader.relabel({ labelColumn: 'sex' });
    expect(chosen.plan).toMatchObject({ classes: ['m', 'w'], problems: [] });
  });

  it('knows what asks for a split by rows from all of a table', async () => {
    const reader = await manyRows('file,label,is_test', (i) => `${i % 2 ? 'a' : 'b'},${i < 250 ? 1 : 0}`);
    expect(reader.plan.images.filter(({ side }) => side === 'test')).toHaveLength(250);
  });

  it('reads one-hot columns of truth values', async () => {
    const reader = await manyRows('file,cat,dog', (i) => (i % 2 ? 'True,False' : 'False,True'), 12);
    expect(reader.plan).toMatchObject({ classes: ['cat', 'dog'], counts: [6, 6] });
  });

  it.each([
    [
      'beside a text',
      'file,befund,smoker,diabetic',
      (i: number) => `${i % 3 ? 'a' : 'b'},${i % 2},${Number(i % 5 === 0)}`,
    ],
    ['with more ones than rows', 'file,befund,left,right', (i: number) => `${i % 2},1,${Number(i % 4 > 0)}`],
  ])(
    'takes columns of zeros and ones for no classes where few rows have a single one: %s',
    async (_, header, cellsOf) => {
      const reader = await manyRows(header, cellsOf, 12);
      expect(reader.plan.labelColumn).toBe('befund');
      expect(messagesOf(reader)).toMatch(
        /^No column is called like labels\. What is in “befund” counts as the classes/,
      );
    },
  );

  it('takes a column “art” of zeros and ones for one class among others, and any other for that of the classes', async () => {
    const hot = (i: number) => [0, 1, 2].map((label) => Number(i % 3 === label)).join();
    const styles = await manyRows('file,art,photo,sketch', hot, 12);
    expect(styles.plan).toMatchObject({ classes: ['art', 'photo', 'sketch'], counts: [4, 4, 4] });
    const german = await manyRows(
      'Datei,Art,geimpft,wild',
      (i) => `${i % 2 ? 'Hund' : 'Katze'},${i % 3 ? 0 : 1},1`,
      12,
    );
    expect(german.plan).toMatchObject({ classes: ['Hund', 'Katze'], labelColumn: 'Art' });
    expect(messagesOf(german)).toBe('');
    const both = await manyRows('file,art,true_label', (i) => `${i % 3},${i % 2 ? 'a' : 'b'}`, 12);
    expect(both.plan).toMatchObject({ classes: ['a', 'b'], labelColumn: 'true_label' });
  });

  it('keeps one-hot columns where nothing else is left, and counts the rows of several classes', async () => {
    const several = await manyRows('file,cat,dog,hen', (i) => ['1,0,0', '0,1,0', '1,1,0', '0,1,1', '1,1,1'][i % 5], 20);
    expect(several.plan).toMatchObject({ classes: ['cat', 'dog'], counts: [4, 4] });
    expect(messagesOf(several)).toMatch(
      /^No column is called like labels\. Each of the columns cat, dog, hen counts as a class; .*\s12 rows left out \(.*\): “labels\.csv” gives the image several classes\./,
    );
  });

  it('says that two columns of zeros and ones may be no classes, unless most rows have a single one', async () => {
    const apart = await manyRows('file,smoker,diabetic', (i) => `${i % 2},${Number(i % 3 === 0)}`, 12);
    expect(messagesOf(apart)).toMatch(/^No column is called like labels\. Each of the columns smoker, diabetic counts/);
    const hot = await manyRows('file,cat,dog', (i) => `${i % 2},${1 - (i % 2)}`, 12);
    expect(messagesOf(hot)).toBe('');
  });

  it('takes one-hot columns for classes beside a text, and says that it may be wrong', async () => {
    const reader = await manyRows('file,cat,dog,by', (i) => `${i % 2},${1 - (i % 2)},${i < 6 ? 'me' : 'you'}`, 12);
    expect(reader.plan.classes).toEqual(['cat', 'dog']);
    expect(messagesOf(reader)).toMatch(/Each of the columns cat, dog counts as a class/);
  });

  it('gives a whole number with a fraction of zero the class of the number', async () => {
    const rows = (side: string, end: string) =>
      ['file,label', ...Array.from({ length: 8 }, (_, i) => `${side}/${i}.jpg,${i % 2}${end}`)].join('\n');
    const reader = await openDropped({
      ...Object.fromEntries(
        ['train', 'test'].flatMap((side) => Array.from({ length: 8 }, (_, i) => [`${side}/${i}.jpg`, `${side} ${i}`])),
      ),
      'train.csv': rows('train', '.0'),
      'test.csv': rows('test', ''),
    });
    expect(reader.plan).toMatchObject({ classes: ['0', '1'], counts: [8, 8] });
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

  const pixels = (count: number, rows = 12) =>
    [
      [...Array.from({ length: count }, (_, i) => `pixel${i}`), 'label'].join(','),
      ...Array.from({ length: rows }, (_, row) =>
        [...Array.from({ length: count }, (_, i) => (i * 7 + row * 13) % 256), row % 3].join(','),
      ),
    ].join('\n');

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
