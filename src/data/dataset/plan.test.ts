import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Side } from '../bundled/concept-split.ts';
import { planRecords } from './plan.ts';
import { planFolders } from './test-plans.ts';

const listed = (paths: readonly string[]) => paths.map((path) => ({ path, size: path.endsWith('/') ? 0 : 100 }));
const several = (folder: string, count = 4) => Array.from({ length: count }, (_, i) => `${folder}/${i + 1}.jpg`);
const messages = (plan: { problems: readonly { message: string }[] }) =>
  plan.problems.map(({ message }) => message).join('\n');

describe('planFolders', () => {
  it('reads a folder per class and strips what wraps them', () => {
    for (const root of ['', 'pets/', 'download/pets/']) {
      const plan = planFolders(listed([...several(`${root}dog`), ...several(`${root}cat`, 5)]));
      expect(plan.classes).toEqual(['cat', 'dog']);
      expect(plan.counts).toEqual([5, 4]);
      expect(plan.layout).toBe('classes');
      expect(plan.name).toBe(root ? 'pets' : 'My images');
      expect(plan.problems).toEqual([]);
    }
  });

  it('names hidden folders that hold the images of a class', () => {
    const plan = planFolders(
      listed([...several('d/.net'), ...several('d/java'), ...several('d/rust'), 'd/.git/x.png']),
    );
    expect(plan.classes).toEqual(['java', 'rust']);
    expect(messages(plan)).toBe('“d/.net” left out: a folder is hidden whose name begins with a dot.');
  });

  it('keeps the signs of numbers in class names', () => {
    const plan = planFolders(listed(['-1', '0', '1', '-'].flatMap((name) => several(name))));
    expect(plan.classes.toSorted()).toEqual(['-', '-1', '0', '1']);
    expect(messages(plan)).toBe('');
  });

  it('keeps names apart that differ in tags, or where they are cut', () => {
    const flag = (region: string) =>
      `🏴${[...region, '\x7f'].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('')}`;
    const flags = ['gbeng', 'gbsct', 'gbwls'].map(flag);
    expect(planFolders(listed(flags.flatMap((name) => several(name)))).classes).toHaveLength(3);
    const long = ['a', 'b'].map((end) => `${'long '.repeat(30)}${end}`);
    const plan = planFolders(listed(long.flatMap((name) => several(name))));
    expect(plan.classes).toHaveLength(2);
    expect(plan.classes.every(({ length }) => length <= 100)).toBe(true);
    expect(plan.classes.filter((name) => name.endsWith(' (2)'))).toHaveLength(1);
  });

  it('reads splits under their many names, with the class below', () => {
    const paths = ['Training', 'valid', 'EVAL'].flatMap((side) => [
      ...several(`d/${side}/cat`),
      ...several(`d/${side}/dog`),
    ]);
    const plan = planFolders(listed(paths));
    expect(plan.layout).toBe('splits');
    expect(plan.classes).toEqual(['cat', 'dog']);
    expect(plan.counts).toEqual([12, 12]);
    expect(new Set(plan.images.map(({ side }) => side))).toEqual(new Set(['train', 'validation', 'test']));
  });

  it('takes "train" for a class when the others are no splits', () => {
    const plan = planFolders(listed([...several('train'), ...several('plane'), ...several('car')]));
    expect(plan.layout).toBe('classes');
    expect(plan.classes).toEqual(['car', 'plane', 'train']);
  });

  it('takes a lone training folder as a wrapper', () => {
    const plan = planFolders(listed([...several('data/train/cat'), ...several('data/train/dog')]));
    expect(plan.layout).toBe('classes');
    expect(plan.classes).toEqual(['cat', 'dog']);
  });

  it('says that splits without class folders have no classes', () => {
    const plan = planFolders(listed([...several('train'), ...several('test')]));
    expect(messages(plan)).toMatch(/no class folders/);
  });

  it('strips what wraps the classes also where some images lie beside them', () => {
    const classes = (root: string) => [...several(`${root}/cat`), ...several(`${root}/dog`)];
    for (const [paths, strays] of [
      [classes('pets'), ['pets/preview.png']],
      [classes('download/pets'), ['download/a.png', 'download/pets/b.png']],
      [classes('pets'), ['beside.png', 'pets/preview.png']],
      [
        [...classes('data/train'), ...classes('data/val')],
        ['data/logo.png', 'data/train/sheet.png'],
      ],
      [classes('data/train'), ['data/logo.png']],
    ]) {
      const plan = planFolders(listed([...paths, ...strays]));
      expect(plan.classes).toEqual(['cat', 'dog']);
      expect(plan.images).toHaveLength(paths.length);
      const { count, message } = plan.problems[0];
      expect(plan.problems).toHaveLength(1);
      expect(count).toBe(strays.length);
      expect(message).toMatch(/outside of a class folder/);
      for (const path of strays) expect(message).toContain(path);
    }
  });

  it('takes a folder of images with few deeper ones for a class', () => {
    const plan = planFolders(listed([...several('cat', 9), ...several('cat/indoor'), ...several('cat/outdoor')]));
    expect(messages(plan)).toMatch(/only one class, “cat”/);
  });

  it('counts deeper folders to their class', () => {
    const plan = planFolders(listed([...several('cat/indoor'), ...several('cat/outdoor'), ...several('dog')]));
    expect(plan.counts).toEqual([8, 4]);
  });

  it('sorts naturally', () => {
    const plan = planFolders(listed([...several('class10', 11), ...several('class2')]));
    expect(plan.classes).toEqual(['class2', 'class10']);
    expect(plan.images.slice(4).map(({ path }) => path)[1]).toBe('class10/2.jpg');
  });

  it('takes composed and decomposed accents for the same class', () => {
    const plan = planFolders(
      listed([...several('caf\u00e9', 2), ...several('cafe\u0301').slice(2), ...several('bar')]),
    );
    expect(plan.classes).toEqual(['bar', 'caf\u00e9']);
    expect(plan.counts).toEqual([4, 4]);
  });

  it('ignores litter in silence and names other files once', () => {
    const litter = ['__MACOSX/cat/._1.jpg', 'cat/.DS_Store', 'dog/Thumbs.db', '.git/x.png', 'cat/._2.jpg'];
    const clean = planFolders(listed([...several('cat'), ...several('dog'), ...litter]));
    expect(clean.problems).toEqual([]);
    const plan = planFolders(
      listed([...several('cat'), ...several('dog'), 'cat/a.txt', 'cat/b.psd', 'c.csv', 'd.md', 'e.xml']),
    );
    expect(plan.problems).toHaveLength(1);
    expect(messages(plan)).toMatch(/^5 files left out \(cat\/a\.txt, cat\/b\.psd, c\.csv and 2 more\): not JPEG/);
  });

  it('names hostile paths, empty files and images outside of classes, and reads the rest', () => {
    const hostile = ['../../etc/a.png', '/abs/b.png', 'C:\\c.png', 'cat\\..\\..\\d.png', 'cat/e\u0000.png'];
    const files = [
      ...listed([...several('cat'), ...several('dog'), ...hostile, 'loose.jpg']),
      { path: 'cat/zero.png', size: 0 },
    ];
    const plan = planFolders(files);
    expect(plan.counts).toEqual([4, 4]);
    expect(plan.problems.find(({ message }) => message.includes('must not be absolute'))?.count).toBe(hostile.length);
    expect(messages(plan)).toMatch(/“cat\/zero\.png” left out: the file is empty/);
    expect(messages(plan)).toMatch(/“loose\.jpg” left out: outside of a class folder/);
  });

  it('leaves out classes that are empty or too small, saying so', () => {
    const plan = planFolders(
      listed([...several('p/cat'), ...several('p/dog'), ...several('p/emu', 3), 'p/fox/', 'p/gnu/readme.txt']),
    );
    expect(plan.classes).toEqual(['cat', 'dog']);
    expect(messages(plan)).toMatch(/“emu” has only 3 images and is left out: 4 are needed/);
    expect(messages(plan)).toMatch(/“fox” left out: no images in it/);
    expect(plan.images.every(({ label }) => label < 2)).toBe(true);
  });

  it('ends in one clear error when there is nothing to train on', () => {
    const errors = (paths: string[]) =>
      planFolders(listed(paths)).problems.filter(({ severity }) => severity === 'error');
    expect(errors([])[0].message).toMatch(/no images/);
    expect(errors(['a.txt', 'cat/'])[0].message).toMatch(/no images/);
    expect(errors(['1.jpg', '2.jpg'])[0].message).toMatch(/no class folders/);
    expect(errors(several('cat', 9))[0].message).toMatch(/only one class, “cat”/);
    expect(errors(several('x/y/cat', 9))[0].message).toMatch(/only one class, “cat”/);
    // Folders have no label column that could be chosen.
    expect(errors([...several('cat', 9), ...several('dog', 3)])[0].message).toBe(
      'Fewer than two classes have at least 4 images. Add images to them.',
    );
  });

  it('copes with whatever is thrown at it', () => {
    const segment = fc.oneof(
      fc.constantFrom('train', 'test', 'cat', 'dog', '..', '.', '', '__MACOSX', 'a.jpg', 'constructor', '__proto__'),
      fc.string({ maxLength: 6 }),
    );
    const path = fc.array(segment, { maxLength: 5 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.array(fc.record({ path, size: fc.nat(3) }), { maxLength: 40 }), (files) => {
        const plan = planFolders(files);
        expect(plan.counts.reduce((sum, count) => sum + count, 0)).toBe(plan.images.length);
        plan.classes.forEach((_, label) => {
          expect(plan.images.filter((image) => image.label === label)).toHaveLength(plan.counts[label]);
          expect(plan.counts[label]).toBeGreaterThanOrEqual(4);
        });
        if (plan.classes.length < 2) expect(plan.problems.some(({ severity }) => severity === 'error')).toBe(true);
        for (const { path: named } of plan.images) {
          expect(named).toMatch(/\.jpg$/i);
          expect(named.split('/')).not.toContain('..');
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('planRecords', () => {
  const planned = (sideOf: (i: number) => Side | null, smallSide: Side | null = null) => {
    const records = Array.from({ length: 12 }, (_, i) => ({
      path: `${i}.jpg`,
      className: i % 2 ? 'cat' : 'dog',
      side: sideOf(i),
    }));
    const tooFew = { path: 'emu.jpg', className: 'emu', side: smallSide };
    return planRecords({
      layout: 'table',
      name: null,
      columns: [],
      labelColumn: null,
      problems: [],
      records: [...records, tooFew],
    });
  };
  const notUsed = /^No image is named for training.*drawn from all images/m;

  it('takes a split that names no image for training for none', () => {
    for (const plan of [
      planned(() => 'test'),
      planned(() => 'validation', 'train'),
      planned((i) => (i < 6 ? 'validation' : 'test')),
    ]) {
      expect(plan.images.every(({ side }) => side === null)).toBe(true);
      expect(messages(plan)).toMatch(notUsed);
      expect(plan.problems.every(({ severity }) => severity === 'warning')).toBe(true);
    }
  });

  it('says how many images have no class, unless none has one', () => {
    const withNone = (unlabelled: number, of: number) =>
      messages(
        planRecords({
          layout: 'table',
          name: null,
          columns: [],
          labelColumn: null,
          problems: [],
          records: Array.from({ length: of }, (_, i) => {
            const className = i < unlabelled ? null : ['cat', 'dog'][i % 2];
            return { path: `${i}.jpg`, className, side: null };
          }),
        }),
      );
    expect(withNone(1, 20)).toContain('1 image without a class left out.');
    expect(withNone(3, 20)).toContain('3 images without a class left out.');
    for (const nobody of [withNone(0, 20), withNone(20, 20)]) expect(nobody).not.toContain('without a class left out');
  });

  it('keeps a split as soon as one image is left for training', () => {
    for (const plan of [
      planned((i) => (i === 0 ? 'train' : 'test')),
      planned((i) => (i === 0 ? null : 'validation')),
    ]) {
      expect(plan.images.filter(({ side }) => side !== null && side !== 'train')).toHaveLength(11);
      expect(messages(plan)).not.toMatch(notUsed);
    }
    expect(planned(() => 'train').images.every(({ side }) => side === 'train')).toBe(true);
  });
});
