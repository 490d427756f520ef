import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderSplits, sidesInFolders } from './folder-splits.ts';
import { listFolders } from './folders.ts';

/** Folders, and how many images lie in each. */
const listed = (folders: Readonly<Record<string, number>>) =>
  Object.entries(folders).flatMap(([folder, count]) =>
    Array.from({ length: count }, (_, i) => ({ path: `${folder}/${i}.png`, size: 9 })),
  );

/** Images of every class on every side, and what is said. */
function read(folders: Readonly<Record<string, number>>) {
  const { layout, records, readings, problems } = listFolders(listed(folders));
  const counts: Record<string, number> = {};
  for (const { className, side } of records) counts[`${className} ${side}`] = (counts[`${className} ${side}`] ?? 0) + 1;
  return { layout, counts, readings, said: problems.map(({ message }) => message) };
}

const EXPECTED = { 'cat train': 12, 'cat test': 5, 'dog train': 12, 'dog test': 5 };

describe('folders of splits', () => {
  it.each([
    ['as Kaggle names them', 'training_set/', 'test_set/'],
    ['wrapped once more', 'train/train/', 'test/test/'],
    ['with something before them, wrapped once more', 'seg_train/seg_train/', 'seg_test/seg_test/'],
    ['wrapped once more, and all of it', 'd/training_set/training_set/', 'd/test_set/test_set/'],
    ['with something behind them', 'Train data/', 'Test data/'],
    ['in one word', 'TrainImages/', 'TestImages/'],
    ['that wrap a folder of images', 'train/images/', 'test/images/'],
    ['of different words', 'training/', 'test_images/'],
  ])('are read %s', (_, train, test) => {
    const { layout, counts, said } = read({
      [`${train}cat`]: 12,
      [`${train}dog`]: 12,
      [`${test}cat`]: 5,
      [`${test}dog`]: 5,
    });
    expect({ layout, said }).toEqual({ layout: 'splits', said: [] });
    expect(counts).toEqual(EXPECTED);
  });

  it.each([
    ['with classes', { 'extra/cat': 5, 'extra/dog': 5 }, 10],
    ['without classes', { unlabeled: 20 }, 20],
    ['with the whole data set once more', { 'train_and_test/train/cat': 12, 'train_and_test/train/dog': 12 }, 24],
  ])('may have other folders beside them, %s, which are told and left out', (_, more, count) => {
    const { layout, counts, said } = read({ 'train/cat': 12, 'train/dog': 12, 'test/cat': 5, 'test/dog': 5, ...more });
    expect([layout, counts]).toEqual(['splits', EXPECTED]);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(new RegExp(`^${count} images left out .*: beside the folders of the splits`));
  });

  it('are read below the classes', () => {
    for (const inside of ['', 'images/']) {
      const { layout, counts, said } = read({
        [`cat/${inside}train`]: 12,
        [`cat/${inside}test`]: 5,
        [`dog/${inside}train`]: 12,
        [`dog/${inside}test`]: 5,
      });
      expect({ layout, said }).toEqual({ layout: 'splits', said: [] });
      expect(counts).toEqual(EXPECTED);
    }
  });

  it.each(['train/%/cat', '%/train/cat'])('leave the question which of two levels names the classes: %s', (pattern) => {
    const folders = ['photo', 'sketch'].flatMap((domain) =>
      ['train', 'test'].flatMap((side) =>
        ['cat', 'dog'].map((name) => pattern.replace('%', domain).replace('train', side).replace('cat', name)),
      ),
    );
    const { layout, counts, readings } = read(Object.fromEntries(folders.map((folder) => [folder, 4])));
    expect(layout).toBe('domains');
    expect(readings?.options.map(({ note }) => note)).toEqual(['2 domains: photo, sketch.', '2 domains: cat, dog.']);
    expect(counts).toEqual({ 'cat train': 8, 'cat test': 8, 'dog train': 8, 'dog test': 8 });
  });

  it.each([
    ['one of them', { 'bullet train': 6, test_tube: 6, car: 6 }],
    ['all of them', { 'bullet train': 6, 'steam train': 6, test_tube: 6 }],
    ['folders in them', { 'bullet train/day': 6, 'test tube/day': 6, 'car/day': 6 }],
  ])('are not taken for classes that are called so: %s', (_, folders) => {
    const { layout, counts } = read(folders);
    expect(layout).toBe('classes');
    expect(Object.values(counts)).toEqual([6, 6, 6]);
  });

  it('have a class of the same name', () => {
    const { layout, counts } = read({ 'train/train': 6, 'train/bus': 6, 'test/train': 4, 'test/bus': 4 });
    expect(layout).toBe('splits');
    expect(counts).toEqual({ 'train train': 6, 'bus train': 6, 'train test': 4, 'bus test': 4 });
  });

  it('never throw, and leave no path longer', () => {
    const name = fc.constantFrom('a', 'b', 'train', 'test', 'seg_train', 'seg_test', '');
    fc.assert(
      fc.property(fc.array(fc.array(name, { maxLength: 5 }), { maxLength: 30 }), (paths) => {
        const place = folderSplits(paths);
        for (const path of paths) expect(place?.(path)?.segments.length ?? 0).toBeLessThanOrEqual(path.length);
      }),
    );
  });
});

describe('folders of splits of images with known classes', () => {
  /** @param images "folder: class" */
  const sides = (images: string) =>
    sidesInFolders(
      images.split(', ').map((image) => {
        const [folder, className] = image.split(': ');
        return { path: `${folder}/1.png`, className };
      }),
    );

  it.each([
    ['the outermost level', 'train/test/a: 0, train/test/a: 1, val/test/a: 0, val/test/a: 1'],
    ['below others', 'a/train: 0, b/train: 1, a/val: 0, b/val: 1'],
    ['in longer names', 'd/seg_train: 0, d/seg_train: 1, d/seg_val: 0, d/seg_val: 1'],
    ['of different words', 'training: 0, training: 1, val_images: 0, val_images: 1'],
    ['with a class called so', 'train/train: train, train/bus: bus, val/train: train, val/bus: bus'],
  ])('are told: %s', (_, images) => {
    expect(sides(images)).toEqual(['train', 'train', 'validation', 'validation']);
  });

  it('may lie beside others', () => {
    expect(sides('images: 0, images: 1, test: 0, test: 1')).toEqual([null, null, 'test', 'test']);
  });

  it.each([
    ['what wraps all', 'dev/a: 0, dev/b: 1'],
    ['classes', 'train: 0, test: 1'],
    [
      'classes of the same name, of which some images are of another',
      'train: train, train: test_tube, test tube: test_tube, test tube: test_tube',
    ],
    ['places', 'train station: 0, test site: 0, harbour: 0'],
  ])('are not: %s', (_, images) => {
    expect(sides(images).every((side) => side === null)).toBe(true);
  });
});
