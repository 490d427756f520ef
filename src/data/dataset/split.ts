/** Train, validation and test for the user's images: stratified by class, seeded, and respecting the data set's own splits. */
import { stream } from '../../core/rng.ts';
import type { Side } from '../bundled/concept-split.ts';
import { SPLIT } from './dropped.ts';
import { PLAN_WORDS } from './messages.ts';
import { DEFAULT_SHARES, drawnSides, type DrawnSides } from './shares.ts';
import { MIN_IMAGES_PER_CLASS } from '../files/limits.ts';
import { error, someOf, type Problem } from '../files/problem.ts';

/** On which side of a data set each image is. */
export interface Split {
  /** [count]: 0 train, 1 validation, 2 test. */
  readonly split: Uint8Array;
  readonly drawn: DrawnSides;
  /** Classes that cannot be split: errors. */
  readonly problems: readonly Problem[];
}

/**
 * A group of look-alikes that is larger than two images and than this share of its class is not kept together: it is no accident, and would
 * distort the split.
 */
const MAX_GROUP_SHARE = 0.1;
const MIN_GROUP = 2;

/**
 * Every class gets at least one image for testing, one for validation and, with the default shares, two for training. Images for splits
 * that a class lacks (say, validation) are taken from its training images by stream(seed, 'split', class). A class with a single training
 * image keeps it: one for testing comes from its validation images, and one for validation it goes without. Images of a group stay on one side.
 *
 * @param labels [count], index into classes
 * @param sides [count], the split given by the data set, null if none
 * @param shares of the images of each class that are not given for validation or testing; at least one is taken
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
  const byClass = classes.map((): number[] => []);
  labels.forEach((label, i) => byClass[label].push(i));
  const small = [...classes.keys()].filter((label) => byClass[label].length < MIN_IMAGES_PER_CLASS);
  const untrained: string[] = [];
  classes.forEach((name, label) => {
    const ofClass = byClass[label];
    if (ofClass.length < MIN_IMAGES_PER_CLASS) return;
    const on = (side: Side) => ofClass.filter((i) => split[i] === SPLIT[side]);
    const lacking = (['test', 'validation'] as const).filter((side) => on(side).length === 0);
    const free = on('train');
    const units = unitsOf(free, groups, lacking.length + 1);
    const random = stream(seed, 'split', label);
    const pool = random.shuffle(units);
    lacking.forEach((side, i) => {
      const wanted = Math.max(1, Math.round(shares[side] * free.length));
      const left = lacking.length - i;
      const from = pool.length > left ? pool : random.shuffle(on('validation')).map((image) => [image]);
      for (const image of drawUnits(from, wanted, left)) split[image] = SPLIT[side];
    });
    if (on('train').length === 0) untrained.push(name);
  });
  const sizes = small.map((label) => [classes[label], byClass[label].length] as const);
  return {
    split,
    drawn: drawnSides(
      sides.map((side, i) => ({ label: labels[i], side })),
      classes.length,
    ),
    problems: [...tooFew(sizes), ...withoutTraining(untrained)],
  };
}

/**
 * Takes units out of a pool.
 * @param left units that stay
 * @returns the images in them
 */
function drawUnits(pool: number[][], wanted: number, left: number): number[] {
  const taken: number[] = [];
  while (taken.length < wanted && pool.length > left) {
    // a group that would exceed the share waits for a smaller one, unless there is none
    const fits = pool.findIndex((unit) => unit.length <= wanted - taken.length);
    if (fits < 0 && taken.length > 0) break;
    const [unit] = pool.splice(Math.max(0, fits), 1);
    taken.push(...unit);
  }
  return taken;
}

function tooFew(classes: readonly (readonly [string, number])[]): Problem[] {
  if (classes.length === 0) return [];
  const words = PLAN_WORDS.split;
  const [[name, size]] = classes;
  if (classes.length === 1) return [error(name, words.tooFew(name, size, MIN_IMAGES_PER_CLASS))];
  const listed = someOf(classes.map(([each, count]) => `${each} (${count})`));
  return [error(null, words.tooFewInSome(classes.length, listed, MIN_IMAGES_PER_CLASS), classes.length)];
}

function withoutTraining(names: readonly string[]): Problem[] {
  if (names.length === 0) return [];
  const words = PLAN_WORDS.split;
  if (names.length === 1) return [error(names[0], words.untrained(names[0]))];
  return [error(null, words.untrainedSome(names.length, someOf(names)), names.length)];
}

/** Units moved together: groups that are small enough, otherwise single images. @param least units that must come of it, or no group is kept */
function unitsOf(images: readonly number[], groups: Int32Array | null, least: number): number[][] {
  const singly = images.map((i) => [i]);
  if (!groups) return singly;
  const byGroup = new Map<number, number[]>();
  for (const i of images) {
    const group = byGroup.get(groups[i]);
    if (group) group.push(i);
    else byGroup.set(groups[i], [i]);
  }
  const largest = Math.max(MIN_GROUP, MAX_GROUP_SHARE * images.length);
  const units = [...byGroup.values()].flatMap((group) => (group.length <= largest ? [group] : group.map((i) => [i])));
  return units.length < least ? singly : units;
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
