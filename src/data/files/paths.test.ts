import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { areSplits, isHostile, naturalOrder, sideIn, sideNamed, sideWithin, stemOf, withoutSide } from './paths.ts';

describe('naturalOrder', () => {
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });

  it('is that of the collator, whichever way it is found', () => {
    const name = fc.array(fc.constantFrom('a', 'b', 'B', '1', '2', '10', '07', '0', '/', '_', '.', ' ', 'é', 'z'), {
      maxLength: 7,
    });
    fc.assert(
      fc.property(name, name, (left, right) => {
        const [a, b] = [left.join(''), right.join('')];
        const expected = collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
        expect(Math.sign(naturalOrder(a, b))).toBe(Math.sign(expected));
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });
});

describe('names of splits and files', () => {
  it('finds splits in file names and folders, when there is exactly one', () => {
    expect(sideIn('data/train-00000-of-00002.parquet')).toBe('train');
    expect(sideIn('x_test.npy')).toBe('test');
    expect(sideIn('t10k-images-idx3-ubyte')).toBe('test');
    expect(sideIn('validation/0000.parquet')).toBe('validation');
    expect(sideIn('trainstation.png')).toBe(null);
    expect(sideIn('train_test.csv')).toBe(null);
    expect(sideNamed('Training')).toBe('train');
    expect(sideNamed('contest')).toBe(undefined);
    for (const name of ['test_set', 'Test data', 'testset', 'holdout', 'hold-out'])
      expect(sideNamed(name)).toBe('test');
    for (const name of ['seg_test', 'PublicTest', 'test_public', 'testImages']) {
      expect(sideNamed(name)).toBe(undefined);
      expect(sideWithin(name)).toBe('test');
    }
    for (const name of ['latest', 'devil', 'training-and-validation', 'strain']) expect(sideWithin(name)).toBe(null);
  });

  it.each([
    [['seg_train', 'seg_test'], true],
    [['train-000', 'train-001', 'val-000'], true],
    [['training_set', 'test'], true],
    [['PublicTest', 'PublicTrain'], true],
    [['bullet train', 'steam train'], false],
    [['bullet_train', 'test_tube'], false],
    [['train', 'car'], false],
    [[], false],
  ])('knows whether names are those of splits: %j', (names, expected) => {
    expect(areSplits(names)).toBe(expected);
  });

  it.each([
    ['y_validation', 'y'],
    ['x_train', 'x'],
    ['test-labels', 'labels'],
    ['y_val_fine', 'y_fine'],
    ['y_eval', 'y'],
    ['labels', 'labels'],
    ['xTrain', 'x'],
    ['trainset_labels', 'labels'],
    ['latestShots', 'latestShots'],
    ['train', ''],
  ])('takes the split off: %s → "%s"', (name, bare) => {
    expect(withoutSide(name)).toBe(bare);
  });

  it('takes folders and extensions off', () => {
    expect(stemOf('a/pets.tar.gz')).toBe('pets');
    expect(stemOf('a/b.c/pets.v2.zip')).toBe('pets.v2');
  });

  it('knows hostile paths', () => {
    for (const path of ['../a', '/a', 'C:\\a', 'a/../b', 'a\u0000b', '\\a']) expect(isHostile(path)).toBe(true);
    for (const path of ['a..b/c', 'a/b', 'ünï/çødé.png']) expect(isHostile(path)).toBe(false);
  });
});
