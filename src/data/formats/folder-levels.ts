/**
 * Two levels of folders that cross: every domain has the same classes in it, or every class the same domains, as data sets of domain generalisation are
 * stored (art_painting/dog/1.jpg).
 */
import { sideNamed } from '../files/paths.ts';
import { MAX_DOMAINS } from '../files/limits.ts';

export interface FolderLevels {
  /** Position of the inner level among the folders of an image; that of the outer one is 0. */
  readonly inner: number;
  /** Different folders of both levels. */
  readonly names: Readonly<Record<'outer' | 'inner', ReadonlySet<string>>>;
}

type Paths = readonly (readonly string[])[];

/** Share of the images that must lie in folders below. */
export const MIN_DEEP_SHARE = 0.9;
/** Share of the inner names that must occur in more than one outer folder. */
const CROSSED = 0.5;

/**
 * The first level of folders below the outermost one that tells images apart, and the images that lie in it.
 *
 * @param paths segments of the images, without what wraps all of them
 * @returns null where too few images lie so deep
 */
export function innerLevel(paths: Paths): { readonly deep: Paths; readonly inner: number } | null {
  const deep = paths.filter(({ length }) => length > 2);
  if (deep.length === 0 || deep.length < MIN_DEEP_SHARE * paths.length) return null;
  const shallowest = deep.reduce((least, { length }) => Math.min(least, length), Infinity);
  let inner = 1;
  // A level with one name only wraps the next: amazon/images/mug, cat/images/train.
  while (inner < shallowest - 2 && deep.every((segments) => segments[inner] === deep[0][inner])) inner++;
  return { deep, inner };
}

/**
 * @param paths segments of the images, without what wraps all of them
 * @returns null where the folders are classes and what lies in them is not a second level
 */
export function folderLevels(paths: Paths): FolderLevels | null {
  const found = innerLevel(paths);
  if (!found) return null;
  const { deep, inner } = found;
  const outerOf = new Map<string, Set<string>>();
  for (const segments of deep) {
    const outer = outerOf.get(segments[inner]);
    if (outer) outer.add(segments[0]);
    else outerOf.set(segments[inner], new Set([segments[0]]));
  }
  const names = { outer: new Set(deep.map(([first]) => first)), inner: new Set(outerOf.keys()) };
  const crossed = [...outerOf.values()].filter(({ size }) => size > 1).length;
  const areSides = [...names.inner].every((name) => sideNamed(name) !== undefined);
  const fewest = Math.min(names.outer.size, names.inner.size);
  return fewest < 2 || fewest > MAX_DOMAINS || areSides || crossed < CROSSED * names.inner.size
    ? null
    : { inner, names };
}

/** The level that probably names the classes: the one with more folders, and the inner one where both have as many. */
export const likelyClasses = ({ names }: FolderLevels): 'outer' | 'inner' =>
  names.outer.size > names.inner.size ? 'outer' : 'inner';
