/** Which column of a table says the classes, or which columns of zeros and ones do. */
import { describe, expect, it } from 'vitest';
import { contents, fakeTree, messagesOf, openDropped, textOf } from '../test-files.ts';
import { images, manyRows } from './test-tables.ts';

describe('tables that name files', () => {
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
});
