import { expect, it } from 'vitest';
import { SPLIT } from '../../data/dataset/dropped.ts';
import { openDropped } from '../../data/test-files.ts';
import { splitCsv } from './split-csv.ts';

it('a split as CSV, dropped with its images, is the same split again', async () => {
  const names = ['my hat', 'long, "best" shoe'];
  const folders = ['hat', 'shoe'];
  const files = Array.from({ length: 20 }, (_, i) => `set/${folders[i % 2]}/im ${i}.jpg`);
  const dataset = {
    classes: names,
    labels: Int32Array.from(files, (_, i) => i % 2),
    split: Uint8Array.from(files, (_, i) => (i < 12 ? SPLIT.train : i < 15 ? SPLIT.validation : SPLIT.test)),
  };
  const table = splitCsv(dataset, files);
  expect(table.split('\r\n').slice(0, 2)).toEqual(['file,class,split', 'set/hat/im 0.jpg,my hat,train']);
  const images = Object.fromEntries(files.map((file, i) => [file, `content ${i}`]));
  const { plan } = await openDropped({ ...images, 'copra-split.csv': table });
  expect(plan).toMatchObject({ layout: 'table', readings: { chosen: 'table', inDoubt: false } });
  const read = new Map(plan.images.map(({ path, label, side }) => [path, [plan.classes[label], side]]));
  expect(read.size).toBe(20);
  files.forEach((file, i) =>
    expect(read.get(file)).toEqual([names[i % 2], i < 12 ? 'train' : i < 15 ? 'validation' : 'test']),
  );
});
