import { describe, expect, it } from 'vitest';
import { READ_FILES, isArchive, isDataFile, isForeignArchive, isIdx, isPacked } from './endings.ts';

const names = [
  'a.zip',
  'a.tar.gz',
  'a.tgz',
  'a.parquet',
  'a.csv.gz',
  'a.ndjson',
  'a.npz',
  'data_batch_1.bin',
  'a.json',
];
const idx = ['t10k-images.idx3-ubyte', 'pets.idx', 'train-labels-idx1-ubyte.gz', 'a.idx1', 'x-idx4-float'];

describe('endings', () => {
  it('tell files from data sets on a hub', () => {
    for (const name of [...names, ...idx, 'cat.jpg', 'a.7z', 'a.gz']) expect(isDataFile(name), name).toBe(true);
    for (const name of ['pets', 'pets.v2', 'mnist', 'idx']) expect(isDataFile(name), name).toBe(false);
    expect([...names, ...idx].filter(isIdx)).toEqual(idx);
  });

  it('tell archives, and what never begins as a text does', () => {
    expect(names.filter(isArchive)).toEqual(['a.zip', 'a.tar.gz', 'a.tgz']);
    expect(isForeignArchive('a.tar.xz')).toBe(true);
    expect([...names, ...idx, 'x.json.gz'].filter(isPacked)).toEqual([
      ...['a.zip', 'a.tar.gz', 'a.tgz', 'a.parquet', 'a.npz', 'train-labels-idx1-ubyte.gz'],
    ]);
  });

  it('offer every file that is read to file pickers', () => {
    expect(READ_FILES).toEqual(expect.arrayContaining(['.zip', '.gz', '.cls', '.names', '.idx3', '.npz', 'image/*']));
    expect(new Set(READ_FILES).size).toBe(READ_FILES.length);
  });
});
