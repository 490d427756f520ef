/** Train, validation and test for dropped images: stratified by class, seeded, respecting splits that the folders give. */
import { stream } from '../../core/rng.ts';
import type { Side } from '../concept-split.ts';
import { SPLIT } from '../dropped.ts';
import { counted, error, type Problem } from './problem.ts';
import { MIN_IMAGES_PER_CLASS } from './plan.ts';

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

/**
 * Every class gets at least one image for testing, one for validation and, with the default shares, two for training. What a class's folders do not give
 * (say, no validation) is taken from its training images by stream(seed, 'split', class).
 *
 * @param labels [count], index into classes
 * @param sides [count], the split that the folder names, null if none
 * @param shares of each class, for the splits that the folders do not give; at least one image is taken and left
 */
export function assignSplits(
  labels: Int32Array,
  sides: readonly (Side | null)[],
  classes: readonly string[],
  seed: number,
  shares = DEFAULT_SHARES,
): Split {
  const split = Uint8Array.from(sides, (side) => SPLIT[side ?? 'train']);
  const problems: Problem[] = [];
  classes.forEach((name, label) => {
    const ofClass = Array.from(labels.keys()).filter((i) => labels[i] === label);
    if (ofClass.length < MIN_IMAGES_PER_CLASS) {
      const has = `The class "${name}" has ${counted(ofClass.length, 'usable image')}`;
      problems.push(
        error(name, `${has}, ${MIN_IMAGES_PER_CLASS} are needed. Add images to it or leave the class out.`),
      );
      return;
    }
    const pool = stream(seed, 'split', label).shuffle(ofClass.filter((i) => split[i] === SPLIT.train));
    const given = (side: number) => ofClass.some((i) => split[i] === side);
    const take = (side: 'validation' | 'test', share: number) => {
      if (given(SPLIT[side])) return;
      for (const i of pool.splice(0, Math.max(1, Math.round(share * ofClass.length)))) split[i] = SPLIT[side];
    };
    take('test', shares.test);
    take('validation', shares.validation);
    if (pool.length > 0) return;
    problems.push(error(name, `The class "${name}" has no images left for training. Add some to its training folder.`));
  });
  return { split, problems };
}
