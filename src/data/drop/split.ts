/** Train, validation and test for the user's images: stratified by class, seeded, respecting splits that the data set gives. */
import { stream } from '../../core/rng.ts';
import type { Side } from '../concept-split.ts';
import { SPLIT } from '../dropped.ts';
import { MIN_IMAGES_PER_CLASS } from './limits.ts';
import { counted, error, type Problem } from './problem.ts';

export interface DropShares {
  readonly test: number;
  readonly validation: number;
}

export const DEFAULT_SHARES: DropShares = { test: 0.2, validation: 0.15 };

export interface Split {
  /** [count]: 0 train, 1 validation, 2 test. */
  readonly split: Uint8Array;
  /** Classes that cannot be split: errors. */
  readonly problems: readonly Problem[];
}

/** A group of look-alikes that is a larger part of its class is no accident, and keeping it together would upset the shares. */
const MAX_GROUP_SHARE = 0.1;

/**
 * Every class gets at least one image for testing, one for validation and, with the default shares, two for training. What a class's
 * own splits do not give (say, no validation) is taken from its training images by stream(seed, 'split', class). Images of a group
 * stay on one side.
 *
 * @param labels [count], index into classes
 * @param sides [count], the split that the data set names, null if none
 * @param shares of each class, for the splits that the data set does not give; at least one image is taken and left
 * @param groups [count], a number that images which look almost alike share; null when each is by itself
 */
export function assignSplits(
  labels: Int32Array,
  sides: readonly (Side | null)[],
  classes: readonly string[],
  seed: number,
  shares = DEFAULT_SHARES,
  groups: Int32Array | null = null,
): Split {
  const split = Uint8Array.from(sides, (side) => SPLIT[side ?? 'train']);
  const problems: Problem[] = [];
  const byClass = classes.map((): number[] => []);
  labels.forEach((label, i) => byClass[label].push(i));
  classes.forEach((name, label) => {
    const ofClass = byClass[label];
    if (ofClass.length < MIN_IMAGES_PER_CLASS) {
      const has = `The class "${name}" has ${counted(ofClass.length, 'usable image')}`;
      problems.push(
        error(name, `${has}, ${MIN_IMAGES_PER_CLASS} are needed. Add images to it or leave the class out.`),
      );
      return;
    }
    const given = (side: number) => ofClass.some((i) => split[i] === side);
    const free = ofClass.filter((i) => split[i] === SPLIT.train);
    const units = unitsOf(free, groups, Math.max(1, MAX_GROUP_SHARE * ofClass.length));
    const pool = stream(seed, 'split', label).shuffle(units);
    const take = (side: 'validation' | 'test', share: number) => {
      if (given(SPLIT[side])) return;
      const wanted = Math.max(1, Math.round(share * ofClass.length));
      for (let taken = 0; taken < wanted && pool.length > 0;) {
        // a group that would exceed the share waits for a smaller one, unless there is none
        const fits = pool.findIndex((unit) => unit.length <= wanted - taken);
        if (fits < 0 && taken > 0) break;
        const [unit] = pool.splice(Math.max(0, fits), 1);
        for (const i of unit) split[i] = SPLIT[side];
        taken += unit.length;
      }
    };
    take('test', shares.test);
    take('validation', shares.validation);
    if (pool.length > 0) return;
    problems.push(error(name, `The class "${name}" has no images left for training. Add some to its training folder.`));
  });
  return { split, problems };
}

/** What is moved as one: groups that are small enough, else single images. */
function unitsOf(images: readonly number[], groups: Int32Array | null, limit: number): number[][] {
  if (!groups) return images.map((i) => [i]);
  const byGroup = new Map<number, number[]>();
  for (const i of images) {
    const group = byGroup.get(groups[i]);
    if (group) group.push(i);
    else byGroup.set(groups[i], [i]);
  }
  return [...byGroup.values()].flatMap((group) => (group.length <= limit ? [group] : group.map((i) => [i])));
}

/**
 * Images of the validation and test splits that look almost like one of the training split.
 *
 * @returns pairs [held out, training], one per image held out
 */
export function lookalikesAcross(split: Uint8Array, groups: Int32Array): [number, number][] {
  const training = new Map<number, number>();
  split.forEach((side, i) => {
    if (side === SPLIT.train && !training.has(groups[i])) training.set(groups[i], i);
  });
  return [...split.keys()].flatMap((i): [number, number][] => {
    const twin = training.get(groups[i]);
    return split[i] === SPLIT.train || twin === undefined ? [] : [[i, twin]];
  });
}
