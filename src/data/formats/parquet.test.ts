import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { blobFile } from '../files/byte-file.ts';
import { byteText } from '../files/byte-text.ts';
import { bytesOf, contents, messagesOf, openDropped, textOf } from '../test-files.ts';
import { plainTree } from '../files/file-tree.ts';
import { openParquetFiles } from './parquet.ts';
import { testParquet } from './test-parquet.ts';

describe('openParquetFiles', () => {
  it('reads image structs with the class names that the datasets library writes', async () => {
    const reader = await openDropped({
      'data/train-00000-of-00001.parquet': testParquet({ rows: 30, names: ['ant', 'bee', 'cow'] }),
      'data/test-00000-of-00001.parquet': testParquet({ rows: 12, names: ['ant', 'bee', 'cow'] }),
    });
    expect(messagesOf(reader)).toBe('');
    expect(reader.plan).toMatchObject({
      layout: 'parquet',
      classes: ['ant', 'bee', 'cow'],
      counts: [14, 14, 14],
      labelColumn: 'label',
    });
    expect(reader.plan.images.filter(({ side }) => side === 'test')).toHaveLength(12);
    const read = await contents(reader, [4, 17, 35]);
    expect([4, 17, 35].map((at) => textOf(read.get(at)))).toEqual(['image 4', 'image 17', 'image 5']);
    expect((await reader.relabel({ labelColumn: 'source' })).plan.classes).toEqual(['a', 'b']);
  });

  it.each(['UNCOMPRESSED', 'SNAPPY'] as const)('reads plain bytes, %s, with text labels', async (codec) => {
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: 'bytes', data: Array.from({ length: 8 }, (_, i) => bytesOf(`image ${i}`)), type: 'BYTE_ARRAY' },
        { name: 'kind', data: Array.from({ length: 8 }, (_, i) => (i % 2 ? 'été' : 'hiver')), type: 'STRING' },
      ],
      codec,
    });
    const reader = await openDropped({ 'x.parquet': new Uint8Array(buffer) });
    expect(reader.plan).toMatchObject({ classes: ['été', 'hiver'], counts: [4, 4] });
    expect(textOf((await contents(reader, [6])).get(6))).toBe('image 6');
  });

  it('knows a column that names the splits, and says what it does not know', async () => {
    const splits = ['train', 'val_set', 'test_public', 'other'];
    const index = Array.from({ length: 32 }, (_, i) => i);
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: 'image', data: index.map((i) => bytesOf(`image ${i}`)), type: 'BYTE_ARRAY' },
        { name: 'label', data: index.map((i) => (i % 2 ? 'cat' : 'dog')), type: 'STRING' },
        { name: 'split', data: index.map((i) => splits[i >> 3]), type: 'STRING' },
      ],
    });
    const reader = await openDropped({ 'x.parquet': new Uint8Array(buffer) });
    const sides = new Map(reader.plan.images.map(({ record, side }) => [record, side]));
    expect([0, 8, 16, 24].map((at) => sides.get(at))).toEqual(['train', 'validation', 'test', null]);
    expect(messagesOf(reader)).toBe(
      '8 rows of “x.parquet” are taken for training: the column “split” says other there, which is no known split.',
    );
    const byColumn = await reader.relabel({ labelColumn: 'split' });
    expect(byColumn.plan.images.every(({ side }) => side === null)).toBe(true);
  });

  it('takes fractions that are whole for labels, as pandas writes them with a gap, and names them', async () => {
    const data = (value: (i: number) => number | null) => Array.from({ length: 12 }, (_, i) => value(i));
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: 'image', data: Array.from({ length: 12 }, (_, i) => bytesOf(`image ${i}`)), type: 'BYTE_ARRAY' },
        { name: 'score', data: data((i) => i / 7), type: 'DOUBLE' },
        { name: 'label', data: data((i) => (i === 5 ? null : i === 7 ? NaN : i % 2)), type: 'DOUBLE' },
      ],
    });
    const reader = await openDropped({ 'x.parquet': new Uint8Array(buffer), 'classes.txt': 'cat\ndog' });
    expect(reader.plan).toMatchObject({ classes: ['cat', 'dog'], counts: [6, 4], columns: [] });
    expect(messagesOf(reader)).toBe('2 images without a class left out.');
  });

  it('says that a column called like one of splits is none', async () => {
    const index = Array.from({ length: 30 }, (_, i) => i);
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: 'image', data: index.map((i) => bytesOf(`image ${i}`)), type: 'BYTE_ARRAY' },
        { name: 'label', data: index.map((i) => (i % 2 ? 'cat' : 'dog')), type: 'STRING' },
        { name: 'phase', data: index.map((i) => ['train', 'a', 'b'][Math.floor(i / 10)]), type: 'STRING' },
      ],
    });
    const reader = await openDropped({ 'x.parquet': new Uint8Array(buffer) });
    expect(reader.plan.images.every(({ side }) => side === null)).toBe(true);
    expect(messagesOf(reader)).toMatch(/^The column “phase” of “x\.parquet” is not read as one of splits/);
  });

  it('touches only the row groups that are needed, and of others only the labels', async () => {
    const bytes = testParquet({ rows: 400, names: ['ant', 'bee'], rowGroupSize: 20, imageBytes: 5000 });
    let loaded = 0;
    const file = blobFile(new Blob([Uint8Array.from(bytes)]));
    const counted = {
      ...file,
      slice: async (begin: number, end: number) => {
        const some = await file.slice(begin, end);
        loaded += some.length;
        return some;
      },
    };
    const records = await openParquetFiles(plainTree([{ path: 'x.parquet', size: bytes.length, bytes: counted }]));
    expect(new Set(records?.records.map(({ block }) => block)).size).toBe(20);
    expect(loaded).toBeLessThan(0.4 * bytes.length); // hyparquet begins with the last 512 kB
    loaded = 0;
    let seen = 0;
    for await (const outcome of records?.read([41, 42, 305]) ?? []) seen += 'value' in outcome ? 1 : 0;
    expect(seen).toBe(3);
    expect(loaded).toBeLessThan(0.15 * bytes.length);
  });

  it('names files without images, damaged ones and lying directories', async () => {
    const good = testParquet({ rows: 12, names: ['ant', 'bee'] });
    const none = new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'x', data: [1, 2], type: 'INT32' }] }));
    const reader = await openDropped({
      'a.parquet': good,
      'b.parquet': none,
      'c.parquet': good.slice(0, -20),
      'd.parquet': 'PAR1',
    });
    expect(reader.plan.counts).toEqual([6, 6]);
    expect(messagesOf(reader)).toMatch(/“b\.parquet” left out: no column of it holds images/);
    expect(messagesOf(reader)).toMatch(/“c\.parquet” left out/);
    expect(messagesOf(reader)).toMatch(/“d\.parquet” left out: it is too short/);
    const unlabelled = new Uint8Array(
      parquetWriteBuffer({ columnData: [{ name: 'image', data: [bytesOf('x'), bytesOf('y')], type: 'BYTE_ARRAY' }] }),
    );
    expect(messagesOf(await openDropped({ 'x.parquet': unlabelled }))).toMatch(
      /No column of the parquet files names the classes/,
    );
  });

  it('fails for the images of a damaged row group only', async () => {
    const bytes = testParquet({ rows: 40, names: ['ant', 'bee'], rowGroupSize: 20, imageBytes: 300 });
    const at = byteText(bytes).indexOf('image 3 ');
    bytes.fill(0xff, at - 60, at + 200);
    const reader = await openDropped({ 'x.parquet': bytes });
    const read = [...(await contents(reader)).values()];
    expect(read.filter((value) => typeof value !== 'string').length).toBeGreaterThanOrEqual(20);
  });
});
