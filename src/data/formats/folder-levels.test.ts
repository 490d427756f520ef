import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderLevels, likelyClasses } from './folder-levels.ts';
import { listFolders } from './folders.ts';

const paths = (outer: readonly string[], inner: readonly string[], count = 3, between: readonly string[] = []) =>
  outer.flatMap((a) => inner.flatMap((b) => Array.from({ length: count }, (_, i) => [a, ...between, b, `${i}.png`])));
const PACS = paths(['art_painting', 'cartoon', 'photo', 'sketch'], ['dog', 'elephant', 'giraffe', 'guitar', 'horse']);
const asFiles = (list: readonly (readonly string[])[]) => list.map((parts) => ({ path: parts.join('/'), size: 9 }));

describe('two levels of folders', () => {
  it('are seen where they cross, and the one with more folders is likely to name the classes', () => {
    const levels = folderLevels(PACS)!;
    expect(levels.inner).toBe(1);
    expect([...levels.names.outer]).toEqual(['art_painting', 'cartoon', 'photo', 'sketch']);
    expect(likelyClasses(levels)).toBe('inner');
    expect(likelyClasses(folderLevels(paths(['a', 'b', 'c', 'd'], ['day', 'night']))!)).toBe('outer');
    expect(likelyClasses(folderLevels(paths(['a', 'b'], ['day', 'night']))!)).toBe('inner');
  });

  it('may have a level in between that says nothing', () => {
    const levels = folderLevels(paths(['amazon', 'dslr', 'webcam'], ['mug', 'bike', 'desk', 'pen'], 3, ['images']))!;
    expect([levels.inner, [...levels.names.inner]]).toEqual([2, ['mug', 'bike', 'desk', 'pen']]);
  });

  it('are none where the inner folders are those of one class each, splits, one alone, or not there', () => {
    expect(folderLevels([...paths(['cat'], ['indoor', 'outdoor']), ...paths(['dog'], ['park', 'home'])])).toBe(null);
    expect(folderLevels(paths(['cat', 'dog', 'emu'], ['train', 'test']))).toBe(null);
    expect(folderLevels(paths(['cat', 'dog', 'emu'], ['images']))).toBe(null);
    expect(
      folderLevels([
        ['cat', '1.png'],
        ['dog', '1.png'],
      ]),
    ).toBe(null);
    expect(folderLevels([])).toBe(null);
  });

  it('never throw, and both levels have names', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'train', '');
    fc.assert(
      fc.property(fc.array(fc.array(name, { maxLength: 5 }), { maxLength: 30 }), (list) => {
        const levels = folderLevels(list);
        if (levels) expect(Math.min(levels.names.inner.size, levels.names.outer.size)).toBeGreaterThan(1);
      }),
    );
  });

  it('are a question, and either answer gives classes and domains', () => {
    const asked = listFolders(asFiles(PACS.map((parts) => ['PACS', 'kfold', ...parts])));
    expect(asked).toMatchObject({ layout: 'domains', name: 'kfold', readings: { chosen: 'inner', inDoubt: true } });
    expect(asked.readings!.options.map(({ id, classes, note }) => [id, classes, note])).toEqual([
      ['inner', 5, '4 domains: art_painting, cartoon, photo and 1 more.'],
      ['outer', 4, '5 domains: dog, elephant, giraffe and 2 more.'],
    ]);
    const inner = listFolders(asFiles(PACS), { reading: 'inner' });
    expect(inner.readings!.inDoubt).toBe(false);
    expect(inner.records[0]).toMatchObject({ className: 'dog', domain: 'art_painting', side: null });
    const outer = listFolders(asFiles(PACS), { reading: 'outer' });
    expect(outer.records[0]).toMatchObject({ className: 'art_painting', domain: 'dog' });
  });
});
