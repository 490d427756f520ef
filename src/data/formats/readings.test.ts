/** Tables as other people's machines wrote them, and what happens where folders could name the classes as well. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gzipped } from '../../../tests/support/bytes.ts';
import { contents, messagesOf, openDropped, textOf } from '../test-files.ts';

const CLASSES = ['cat', 'dog', 'owl'];
const classOf = (i: number): string => CLASSES[i % 3];

/** 24 images in two folders that mean nothing. */
const parts = Object.fromEntries(
  Array.from({ length: 24 }, (_, i) => [`set/part${1 + (i >> 4)}/im${i}.jpg`, `content ${i}`]),
);
const names = Object.keys(parts);
const bare = (i: number): string => `im${i}`;

/** A table of all images. */
const tableOf = (nameOf: (i: number) => string, { header = 'image,label', separator = ',', end = '\n' } = {}): string =>
  [...(header === '' ? [] : [header]), ...names.map((_, i) => [nameOf(i), classOf(i)].join(separator))].join(end);

const open = (table: string | Uint8Array, name = 'labels.csv') => openDropped({ ...parts, [`set/${name}`]: table });

describe('a table of labels beside folders that mean nothing', () => {
  it.each([
    ['paths of another machine', (i: number) => `/home/ann/data/${names[i]}`, {}],
    ['paths of Windows', (i: number) => `C:\\Users\\Ann\\${names[i].replaceAll('/', '\\')}`, {}],
    ['paths that lead out of its folder', (i: number) => `../../somewhere/${names[i]}`, {}],
    ['file addresses', (i: number) => `file:///mnt/${names[i]}`, {}],
    ['web addresses with a query', (i: number) => `https://img.example/a/b/${bare(i)}.jpg?size=large#top`, {}],
    ['addresses of many hosts', (i: number) => `https://farm${i}.example/${i}/${bare(i)}.jpg`, {}],
    ['other extensions', (i: number) => `${bare(i)}.png`, {}],
    ['upper-case extensions', (i: number) => `${bare(i).toUpperCase()}.JPG`, {}],
    ['ids as Kaggle has them', bare, { header: 'id,label' }],
    ['no header', (i: number) => `${bare(i)}.jpg`, { header: '' }],
    ['no header and no extension', bare, { header: '' }],
    ['paths of another machine and no header', (i: number) => `/data/${names[i]}`, { header: '' }],
    ['a byte order mark and no header', (i: number) => `${i === 0 ? '\ufeff' : ''}${bare(i)}.jpg`, { header: '' }],
    ['semicolons', bare, { header: 'id;label', separator: ';' }],
    ['tabs', bare, { header: 'id\tlabel', separator: '\t' }],
    ['bars', bare, { header: 'id|label', separator: '|' }],
    ['spaces behind the commas', (i: number) => `${bare(i)}.jpg`, { header: 'image, label', separator: ', ' }],
    ['old line ends', bare, { header: 'id,label', end: '\r' }],
  ] as const)('is read with %s', async (_, nameOf, shape) => {
    const reader = await open(tableOf(nameOf, shape));
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ layout: 'table', classes: CLASSES, counts: [8, 8, 8] });
    const read = await contents(reader);
    for (const { record, label } of reader.plan.images) {
      const i = Number(textOf(read.get(record)).replace('content ', ''));
      expect(CLASSES[label]).toBe(classOf(i));
    }
    expect(reader.plan.readings).toMatchObject({ chosen: 'table', inDoubt: false });
  });

  it('keeps the first row of a table without header, packed or not', async () => {
    const table = tableOf((i) => `${bare(i)}.jpg`, { header: '' });
    for (const content of [table, await gzipped(table)]) {
      const reader = await open(content, content === table ? 'labels.csv' : 'labels.csv.gz');
      expect(reader.plan.images.map(({ path }) => path)).toContain('im0.jpg');
      expect(reader.plan.images).toHaveLength(24);
    }
  });

  it('reads quoted names with commas, quotes and line ends', async () => {
    const odd = ['a, b', 'say "hi"', 'two\nlines'];
    const rows = names.map((_, i) => `im${i}.jpg,"${odd[i % 3].replaceAll('"', '""')}"`);
    const reader = await open(`file,class\n${rows.join('\n')}`);
    expect([...reader.plan.classes].sort()).toEqual(['a, b', 'say "hi"', 'two lines']);
  });

  it('is never dropped silently when it matches little: both readings, counted, and a question', async () => {
    const few = await open(tableOf((i) => (i < 7 ? `${bare(i)}.jpg` : `lost${i}.jpg`)));
    expect(few.plan.readings).toEqual({
      options: [
        {
          id: 'table',
          name: 'labels.csv',
          labelled: 7,
          classes: 3,
          examples: CLASSES,
          note: '7 rows of 24 name an image that is here (not here: lost7.jpg, lost8.jpg and 15 more).',
        },
        { id: 'folders', name: 'folders', labelled: 24, classes: 2, examples: ['part1', 'part2'], note: null },
      ],
      chosen: 'folders',
      inDoubt: true,
    });
    const table = await few.relabel({ reading: 'table' });
    expect(table.plan.readings).toMatchObject({ chosen: 'table', inDoubt: false });
    expect(table.plan.layout).toBe('table');
    const folders = await few.relabel({ reading: 'folders' });
    expect(folders.plan).toMatchObject({
      classes: ['part1', 'part2'],
      readings: { chosen: 'folders', inDoubt: false },
    });
    expect(messagesOf(folders)).toBe('');
  });

  it.each([
    ['names', tableOf((i) => `gone/${i}.jpg`)],
    ['ids', tableOf((i) => `x${i}`, { header: 'image_id,label' })],
    ['addresses', tableOf((i) => `https://img.example/${i}x.jpg`)],
  ])('asks also when it matches nothing: %s', async (_, table) => {
    const reader = await open(table);
    expect(reader.plan.readings?.options.map(({ labelled }) => labelled)).toEqual([0, 24]);
    expect(reader.plan.readings).toMatchObject({ chosen: 'folders', inDoubt: true });
    expect(reader.plan.classes).toEqual(['part1', 'part2']);
  });

  it('asks nothing when folders and table agree, or the folders are splits', async () => {
    const agreeing = Object.fromEntries(names.map((_, i) => [`${classOf(i)}/im${i}.jpg`, `content ${i}`]));
    const same = await openDropped({ ...agreeing, 'labels.csv': tableOf(bare) });
    expect(same.plan).toMatchObject({ layout: 'table', readings: null, counts: [8, 8, 8] });
    const splits = Object.fromEntries(names.map((_, i) => [`${i % 4 ? 'train' : 'val'}/im${i}.jpg`, `content ${i}`]));
    const split = await openDropped({ ...splits, 'labels.csv': tableOf(bare) });
    expect(split.plan).toMatchObject({ layout: 'table', readings: null, counts: [8, 8, 8] });
    expect(split.plan.images.filter(({ side }) => side === 'train')).toHaveLength(18);
    expect(split.plan.images.filter(({ side }) => side === 'validation')).toHaveLength(6);
  });

  it('takes no split from what wraps all images', async () => {
    const wrapped = Object.fromEntries(names.map((_, i) => [`test data/all/im${i}.jpg`, `content ${i}`]));
    const reader = await openDropped({ ...wrapped, 'labels.csv': tableOf(bare) });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ layout: 'table', counts: [8, 8, 8] });
  });

  it('prefers folders to a table about something else', async () => {
    const agreeing = Object.fromEntries(names.map((_, i) => [`${classOf(i)}/im${i}.jpg`, `content ${i}`]));
    const sizes = `filename,width,height\n${names.map((_, i) => `im${i}.jpg,${[640, 800][i % 2]},480`).join('\n')}`;
    const reader = await openDropped({ ...agreeing, 'sizes.csv': sizes });
    expect(reader.plan).toMatchObject({ layout: 'classes', classes: CLASSES, readings: { chosen: 'folders' } });
    const dates = `filename,taken\n${names.map((_, i) => `im${i}.jpg,2020-01-${10 + i}`).join('\n')}`;
    const plain = await openDropped({ ...agreeing, 'dates.csv': dates });
    expect(plain.plan).toMatchObject({ layout: 'classes', classes: CLASSES });
    expect(plain.plan.readings?.inDoubt ?? false).toBe(false);
  });

  it('labels an image by the surest of several tables, and leaves placeholders alone', async () => {
    const files = {
      'train/a.txt': '',
      ...Object.fromEntries(names.map((_, i) => [`${i < 18 ? 'train' : 'test'}/im${i}.jpg`, `content ${i}`])),
      'folds.csv': `id,fold\n${names.map((_, i) => `im${i},${i % 5}`).join('\n')}`,
      'train.csv': `id,label\n${names
        .slice(0, 18)
        .map((_, i) => `im${i},${classOf(i)}`)
        .join('\n')}`,
      'sample_submission.csv': `id,label\n${names
        .slice(18)
        .map((_, i) => `im${18 + i},cat`)
        .join('\n')}`,
    };
    const reader = await openDropped(files);
    expect(reader.plan).toMatchObject({ classes: CLASSES, counts: [6, 6, 6] });
  });

  it('says when images behind addresses are not here', async () => {
    const reader = await openDropped({ 'labels.csv': tableOf((i) => `https://img.example/${i}.jpg`) });
    expect(messagesOf(reader)).toMatch(/names addresses, and images behind them are not loaded; drop the images/);
  });

  it('reads pixels without header, and columns that are numbered only', async () => {
    const pixels = (i: number) => Array.from({ length: 64 }, (_, p) => (p * 7 + i * 13) % 256).join(',');
    const rows = Array.from({ length: 12 }, (_, i) => `${i % 3},${pixels(i)}`).join('\n');
    const plain = await openDropped({ 'digits.csv': rows });
    expect(plain.plan).toMatchObject({ classes: ['0', '1', '2'], counts: [4, 4, 4] });
    const numbered = `${Array.from({ length: 65 }, (_, i) => i).join(',')}\n${rows}`;
    const counted = await openDropped({ 'digits.csv': numbered });
    expect(counted.plan).toMatchObject({ classes: ['0', '1', '2'], counts: [4, 4, 4] });
  });

  it('tells images of equal names apart by their folders, and says where it cannot', async () => {
    const twins = Object.fromEntries(
      names.flatMap((_, i) => [
        [`a/${i}.jpg`, `a ${i}`],
        [`b/${i}.jpg`, `b ${i}`],
      ]),
    );
    const rows = names.flatMap((_, i) => [`/mnt/x/a/${i}.jpg,cat`, `/mnt/x/b/${i}.jpg,dog`]);
    const reader = await openDropped({ ...twins, 'labels.csv': `path,label\n${rows.join('\n')}` });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({ classes: ['cat', 'dog'], counts: [24, 24] });
    const bareRows = names.map((_, i) => `${i}.jpg,${classOf(i)}`);
    const unclear = await openDropped({ ...twins, 'labels.csv': `path,label\n${bareRows.join('\n')}` });
    const table = await unclear.relabel({ reading: 'table' });
    expect(messagesOf(table)).toMatch(/more than one image is called as “labels\.csv” says/);
  });

  it('finds every image whatever folders the table puts before it', async () => {
    const folder = fc.stringMatching(/^[a-zA-Z][\w .-]{0,8}\w$/);
    await fc.assert(
      fc.asyncProperty(fc.array(folder, { maxLength: 5 }), fc.constantFrom('/', '\\'), async (before, slash) => {
        const nameOf = (i: number) => [...before, ...names[i].split('/')].join(slash);
        const { plan } = await open(tableOf(nameOf));
        expect(plan.counts).toEqual([8, 8, 8]);
      }),
      { numRuns: 25 },
    );
  });
});
