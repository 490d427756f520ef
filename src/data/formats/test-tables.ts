/** Twelve images, and tables that name them. */
import { openDropped } from '../test-files.ts';

export const images = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`images/im ${i}.jpg`, `content ${i}`]));

/** A table of them with every habit of writers: a byte order mark, quotes, names without their ending, a split. */
export const table = (separator: string, rows = 12) =>
  ['\ufeffid', 'filename', 'breed', 'split'].join(separator) +
  '\r\n' +
  Array.from({ length: rows }, (_, i) =>
    [i, `"im ${i}${i % 2 ? '.jpg' : ''}"`, i % 3 ? '"cat, old"' : 'dög', i % 4 ? 'train' : 'test'].join(separator),
  ).join('\r\n');

/** The images with a table that has one further column. */
export const sided = (column: string, valueOf: (i: number) => string) =>
  openDropped({
    ...images,
    'labels.csv': [
      `filename,label,${column}`,
      ...Array.from({ length: 12 }, (_, i) => `im ${i}.jpg,${i % 2 ? 'cat' : 'dog'},${valueOf(i)}`),
    ].join('\n'),
  });

/** One value for each third of the images. */
export const third = (values: readonly string[]) => (i: number) => values[Math.floor(i / 4)];

/** A table of more rows than are looked at to guess what its columns mean. */
export const manyRows = (header: string, cellsOf: (i: number) => string, count = 600) => {
  const numbers = [...Array(count).keys()];
  return openDropped({
    ...Object.fromEntries(numbers.map((i) => [`many/${i}.jpg`, `content ${i}`])),
    'labels.csv': [header, ...numbers.map((i) => `${i}.jpg,${cellsOf(i)}`)].join('\n'),
  });
};
