/**
 * Folders that name splits: above the classes (train/cat/1.jpg), also wrapped once more as archives unpack (seg_train/seg_train/cat/1.jpg) or with
 * other folders beside them, and below the classes (cat/train/1.jpg). Where something else names the classes, they lie at any level.
 */
import type { Side } from '../bundled/concept-split.ts';
import { areSplits, segmentsOf, sideNamed, sideOf } from '../files/paths.ts';
import { likeness } from '../files/readable-names.ts';
import { MIN_DEEP_SHARE, innerLevel } from './folder-levels.ts';

/** A path without the folders that name its split. */
export interface Placed {
  readonly side: Side | null;
  readonly segments: readonly string[];
}

/** Places the segments of an image or a folder; null: it lies beside the splits. */
export type Placing = (segments: readonly string[]) => Placed | null;

type Paths = readonly (readonly string[])[];

/** Share of the folders for validation and testing that training must have too. */
const CROSSED = 0.5;

/**
 * @param paths segments of the images, without what wraps all of them
 * @returns null where no folders name splits
 */
export function folderSplits(paths: Paths): Placing | null {
  return splitsAbove(paths) ?? splitsBelow(paths);
}

/** One for training, and another. */
const divides = (names: readonly string[]): boolean => {
  const sides = new Set(names.map(sideOf));
  return sides.has('train') && sides.size > 1;
};

/** A class may be called "train" or "test tube": its folder is no split unless all are, or the same folders lie below it and another split. */
function splitsAbove(paths: Paths): Placing | null {
  const tops = [...new Set(paths.filter(({ length }) => length > 1).map(([top]) => top))];
  const named = tops.filter(sideOf);
  if (!divides(named)) return null;
  const splits = new Map(named.map((top) => [top, { side: sideOf(top), depth: isWrapped(top, paths) ? 2 : 1 }]));
  const place: Placing = (segments) => {
    const split = splits.get(segments[0]);
    return split ? { side: split.side, segments: segments.slice(split.depth) } : null;
  };
  const [areAll, areAlike] = [named.length === tops.length, areSplits(named)];
  return (areAll && areAlike) || ((areAll || areAlike) && areCrossed(paths.flatMap((path) => place(path) ?? [])))
    ? place
    : null;
}

/** Whether a split holds nothing but a folder that names it again, with folders in it. */
function isWrapped(top: string, paths: Paths): boolean {
  const inside = paths.filter((path) => path[0] === top && path.length > 2);
  const deep = inside.filter(({ length }) => length > 3);
  const isOne = deep.length > inside.length / 2 && inside.every((path) => path[1] === inside[0][1]);
  return isOne && sideOf(inside[0][1]) === sideOf(top);
}

function areCrossed(placed: readonly Placed[]): boolean {
  const deep = placed.filter(({ segments }) => segments.length > 1);
  const below = (isTrained: boolean) =>
    new Set(deep.filter(({ side }) => (side === 'train') === isTrained).map(({ segments }) => segments[0]));
  return isShared(below(false), below(true)) && deep.length >= MIN_DEEP_SHARE * placed.length;
}

/** Whether enough of what is held out is trained on as well. */
function isShared<Item>(held: ReadonlySet<Item>, trained: ReadonlySet<Item>): boolean {
  const shared = [...held].filter((each) => trained.has(each)).length;
  return held.size > 0 && shared >= CROSSED * held.size;
}

function splitsBelow(paths: Paths): Placing | null {
  const found = innerLevel(paths);
  if (!found) return null;
  const { deep, inner } = found;
  const names = [...new Set(deep.map((segments) => segments[inner]))];
  if (!divides(names) || !areSplits(names)) return null;
  const sides = new Map(names.map((name) => [name, sideOf(name)]));
  return (segments) => {
    const side = sides.get(segments[inner]) ?? null;
    return { side, segments: side === null ? segments : segments.filter((_, i) => i !== inner) };
  };
}

/** A file whose class is known. */
export interface Labelled {
  readonly path: string;
  readonly className: string | null;
}

/**
 * The splits of files whose classes do not come from their folders: those of the outermost level that names splits. A level is accepted or refused as a
 * whole, because the folder of a class may be called "bullet train" whatever its class is called: classes that are held out are trained on as well.
 */
export function sidesInFolders(files: readonly Labelled[]): (Side | null)[] {
  const folders = files.map(({ path }) => segmentsOf(path).slice(0, -1));
  const depth = folders.reduce((most, { length }) => Math.max(most, length), 0);
  const sides = files.map((): Side | null => null);
  for (let level = 0; level < depth; level++) {
    const names = folders.map((each): string | undefined => each[level]);
    const named = sidesAtLevel(names, files);
    if (!named) continue;
    for (const [i, name] of names.entries()) if (name !== undefined) sides[i] ??= named.get(name) ?? null;
  }
  return sides;
}

/**
 * @param names of the folders that the files lie in at one level
 * @returns the split of each name, null for one of none; null where the level names no splits
 */
function sidesAtLevel(
  names: readonly (string | undefined)[],
  files: readonly Labelled[],
): ReadonlyMap<string, Side | null> | null {
  const different = [...new Set(names.filter((name) => name !== undefined))];
  const sides = new Map(different.map((name) => [name, sideOf(name)]));
  const named = different.filter((name) => sides.get(name));
  const areAlike = named.length === different.length || areSplits(named);
  if (named.length === 0 || !(named.every(sideNamed) || (divides(named) && areAlike))) return null;
  const [held, trained] = [new Set<string>(), new Set<string>()];
  let inOwnFolder = 0;
  files.forEach(({ className }, i) => {
    if (className === null) return;
    const name = names[i];
    const side = name === undefined ? null : sides.get(name);
    (!side || side === 'train' ? trained : held).add(className);
    if (name !== undefined && likeness(name) === likeness(className)) inOwnFolder++;
  });
  return isShared(held, trained) && inOwnFolder <= files.length / 2 ? sides : null;
}
