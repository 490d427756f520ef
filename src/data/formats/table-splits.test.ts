/** Which column or folder of a table says what is trained on, validated with and tested on. */
import { describe, expect, it } from 'vitest';
import { messagesOf, openDropped } from '../test-files.ts';
import { manyRows, sided, third } from './test-tables.ts';

const base64 = (i: number) => btoa(`\x89PNG\r\n\x1a\n${'content '.repeat(6)}${i}`);

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

describe('tables that name files', () => {
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

  it('knows what asks for a split by rows from all of a table', async () => {
    const reader = await manyRows('file,label,is_test', (i) => `${i % 2 ? 'a' : 'b'},${i < 250 ? 1 : 0}`);
    expect(reader.plan.images.filter(({ side }) => side === 'test')).toHaveLength(250);
  });
});
