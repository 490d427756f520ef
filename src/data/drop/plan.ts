/**
 * What a list of files means as a data set, before anything is decoded. Read are a folder per class, and a folder per split with a
 * folder per class in each; wrapping folders around either are stripped. Pure: names and sizes in, classes and problems out.
 */
import type { Side } from '../concept-split.ts';
import { counted, error, someOf, warning, type Problem } from './problem.ts';
import { isHostile, isImage, isLitter, naturalOrder, segmentsOf } from './paths.ts';

export interface ListedFile {
  /** As dropped or as in the archive; a folder ends in "/". */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

export interface PlannedImage {
  /** Index into the list of files. */
  readonly file: number;
  readonly path: string;
  /** Index into DropPlan.classes. */
  readonly label: number;
  /** The split whose folder it lies in; null when the layout has none. */
  readonly side: Side | null;
}

export interface DropPlan {
  /** The wrapping folder, or "My images". */
  readonly name: string;
  readonly layout: 'classes' | 'splits';
  /** In natural order; only those with enough images. */
  readonly classes: readonly string[];
  /** Images per class. */
  readonly counts: readonly number[];
  readonly images: readonly PlannedImage[];
  /** With an error among them there is nothing to train on. */
  readonly problems: readonly Problem[];
}

export const MAX_FILES = 20_000;
export const MIN_IMAGES_PER_CLASS = 4;
const HOW = 'Drop a folder that holds one folder of images per class.';

interface Located {
  readonly file: number;
  readonly path: string;
  readonly segments: readonly string[];
}

export function planDrop(files: readonly ListedFile[]): DropPlan {
  const problems: Problem[] = [];
  const { images, folders } = sort(files, problems);
  const root = commonRoot(images);
  const located = images.map((image) => ({ ...image, segments: image.segments.slice(root.length) }));
  const layout = isSplitLayout(located) ? 'splits' : 'classes';
  const depth = layout === 'splits' ? 2 : 1;
  const inside = located.filter((image) => image.segments.length > depth);
  const outside = located.filter((image) => image.segments.length <= depth).map((image) => image.path);
  if (outside.length > 0 && inside.length > 0) {
    problems.push(
      warning(null, `${counted(outside.length, 'image')} outside of a class folder left out: ${someOf(outside)}.`),
    );
  }
  const named = inside.map((image) => ({ ...image, class: image.segments[depth - 1] }));
  const found = new Map<string, number>();
  for (const image of named) found.set(image.class, (found.get(image.class) ?? 0) + 1);
  reportEmptyClasses(folders, root, depth, found, problems);
  const classes = usableClasses(found, problems);
  judge(images.length, inside.length, found, classes, problems);
  const labelOf = new Map(classes.map((name, label) => [name, label]));
  const planned = named.flatMap(({ file, path, segments, class: name }): PlannedImage[] => {
    const label = labelOf.get(name);
    return label === undefined
      ? []
      : [{ file, path, label, side: layout === 'splits' ? (sideNamed(segments[0]) ?? null) : null }];
  });
  planned.sort((a, b) => a.label - b.label || naturalOrder(a.path, b.path));
  const counts = classes.map((name) => found.get(name) as number);
  return { name: root.at(-1) ?? 'My images', layout, classes, counts, images: planned, problems };
}

/** Images and folders worth a look; everything else ends in a problem, or silently if it is litter. */
function sort(files: readonly ListedFile[], problems: Problem[]): { images: Located[]; folders: string[][] } {
  const images: Located[] = [];
  const folders: string[][] = [];
  const [hostile, others, empty]: string[][] = [[], [], []];
  files.slice(0, MAX_FILES).forEach(({ path, size }, file) => {
    const segments = segmentsOf(path);
    if (isHostile(path)) hostile.push(path);
    else if (segments.length === 0 || isLitter(segments)) return;
    else if (/[/\\]$/.test(path)) folders.push(segments);
    else if (!isImage(segments[segments.length - 1])) others.push(segments.join('/'));
    else if (size === 0) empty.push(segments.join('/'));
    else images.push({ file, path: segments.join('/'), segments });
  });
  if (files.length > MAX_FILES) {
    const all = counted(files.length, 'file');
    problems.push(
      warning(
        null,
        `Only the first ${counted(MAX_FILES, 'file')} of ${all} were looked at. Drop a smaller folder to use all.`,
      ),
    );
  }
  for (const path of hostile) {
    problems.push(
      warning(path, `"${path}" left out: a path must not be absolute, contain ".." or control characters.`),
    );
  }
  for (const path of empty) problems.push(warning(path, `"${path}" left out: the file is empty.`));
  if (others.length > 0) {
    const list = `${counted(others.length, 'file')} left out because they are not JPEG, PNG, WebP, GIF, BMP or AVIF images`;
    problems.push(warning(null, `${list}: ${someOf(others)}.`));
  }
  return { images, folders };
}

/** Leading folders that all images share, as long as a folder is left to name the class. */
function commonRoot(images: readonly Located[]): readonly string[] {
  if (images.length === 0) return [];
  const first = images[0].segments;
  const shallowest = images.reduce((least, { segments }) => Math.min(least, segments.length), Infinity);
  const deepest = shallowest - 2; // one segment is the class, one the file
  let depth = 0;
  while (depth < deepest && images.every(({ segments }) => segments[depth] === first[depth])) depth++;
  return first.slice(0, depth);
}

const SIDES: readonly (readonly [Side, RegExp])[] = [
  ['train', /^train(ing)?$/i],
  ['validation', /^(val(id(ation)?)?|dev)$/i],
  ['test', /^(test(ing)?|eval)$/i],
];

function sideNamed(folder: string): Side | undefined {
  return SIDES.find(([, pattern]) => pattern.test(folder))?.[0];
}

/** Every top folder names a split and one is for training. A class may be called "train" as long as another is not a split. */
function isSplitLayout(images: readonly Located[]): boolean {
  const tops = new Set(images.filter(({ segments }) => segments.length > 1).map(({ segments }) => segments[0]));
  const sides = new Set([...tops].map(sideNamed));
  return sides.has('train') && sides.size > 1 && !sides.has(undefined);
}

function reportEmptyClasses(
  folders: readonly string[][],
  root: readonly string[],
  depth: number,
  found: ReadonlyMap<string, number>,
  problems: Problem[],
): void {
  const inRoot = folders.filter((folder) => root.every((segment, i) => folder[i] === segment));
  const names = new Set(
    inRoot.filter(({ length }) => length >= root.length + depth).map((folder) => folder[root.length + depth - 1]),
  );
  for (const name of names) {
    if (!found.has(name)) problems.push(warning(name, `The class folder "${name}" holds no images and is left out.`));
  }
}

function usableClasses(found: ReadonlyMap<string, number>, problems: Problem[]): string[] {
  const classes: string[] = [];
  for (const name of [...found.keys()].sort(naturalOrder)) {
    const count = found.get(name) as number;
    if (count >= MIN_IMAGES_PER_CLASS) {
      classes.push(name);
      continue;
    }
    const has = `The class "${name}" has only ${counted(count, 'image')}`;
    problems.push(
      warning(name, `${has} and is left out: ${MIN_IMAGES_PER_CLASS} are needed, to train, to validate and to test.`),
    );
  }
  return classes;
}

function judge(
  images: number,
  inside: number,
  found: ReadonlyMap<string, number>,
  classes: readonly string[],
  problems: Problem[],
): void {
  if (images === 0) {
    problems.push(error(null, `There are no images in what was dropped. ${HOW}`));
  } else if (inside === 0) {
    problems.push(error(null, `The images lie in no class folders, so their classes are unknown. ${HOW}`));
  } else if (found.size === 1) {
    const [name] = found.keys();
    problems.push(error(name, `There is only one class, "${name}"; at least two are needed to tell apart. ${HOW}`));
  } else if (classes.length < 2) {
    const enough = `at least ${MIN_IMAGES_PER_CLASS} images`;
    problems.push(
      error(null, `Fewer than two classes have ${enough}. Add images to the class folders and drop them again.`),
    );
  }
}
