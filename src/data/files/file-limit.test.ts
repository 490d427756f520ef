import { describe, expect, it } from 'vitest';
import { fakeTree, dropped } from '../test-files.ts';
import { blobFile } from './byte-file.ts';
import { FileLimit, limitedTree } from './file-limit.ts';
import { plainTree } from './file-tree.ts';

describe('limitedTree', () => {
  const tree = plainTree(
    dropped({ ...fakeTree(['cat', 'dog'], 5), 'labels.csv': 'table' }).map(({ path, size, blob }) => ({
      path,
      size,
      bytes: blobFile(blob as Blob),
    })),
  );

  it('looks at the first images and at the tables behind them, and says how many there are', async () => {
    const limited = limitedTree(tree, 7);
    expect(limited.files.map(({ path }) => path)).toEqual([
      ...tree.files.slice(0, 7).map(({ path }) => path),
      'labels.csv',
    ]);
    expect(limited.problems.map(({ message, count }) => [message, count])).toEqual([
      ['Only the first 7 of 10 images are looked at. Drop fewer to use all.', 3],
    ]);
    for await (const outcome of limited.read([7])) {
      expect(outcome.at).toBe(7);
      expect(new TextDecoder().decode('value' in outcome ? outcome.value : undefined)).toBe('table');
    }
  });

  it('leaves a tree alone that is within the limit', () => {
    expect(limitedTree(tree, 10)).toBe(tree);
  });
});

describe('FileLimit', () => {
  it('counts other files for themselves', () => {
    const limit = new FileLimit(1);
    expect(['a.png', 'a.txt', 'b.png', 'b.txt'].map((path) => limit.takes(path))).toEqual([true, true, false, false]);
    expect(limit.problems.map(({ message }) => message)).toEqual([
      'Only the first 1 of 2 images are looked at. Drop fewer to use all.',
      'Only the first 1 of 2 files that are no images are looked at. Drop fewer to use all.',
    ]);
  });
});
