/**
 * Folders as classes: a folder per class, or two levels of which one names the classes and the other domains; with folders per split above or below.
 * Wrapping folders are stripped.
 */
import type { FileTree, ListedFile } from '../files/file-tree.ts';
import { isTable } from '../files/endings.ts';
import { MAX_TABLES, MIN_IMAGES_PER_CLASS } from '../files/limits.ts';
import { isCompanion, isHostile, isImage, isLeftBehind, isLitter, naturalOrder, segmentsOf } from '../files/paths.ts';
import { error, leftOut, someOf, type Problem } from '../files/problem.ts';
import type { Side } from '../bundled/concept-split.ts';
import { folderSplits } from './folder-splits.ts';
import { NAMES_FILE } from './class-names.ts';
import { folderLevels, likelyClasses, type FolderLevels } from './folder-levels.ts';
import type { OpenOptions, Reading, RecordList, Records } from './records.ts';
import { FORMAT_WORDS } from './words.ts';

interface Located {
  readonly file: number;
  readonly path: string;
  readonly segments: readonly string[];
}

interface Placed extends Located {
  readonly side: Side | null;
}

export interface FolderList extends RecordList {
  /** File of every record. */
  readonly fileOf: readonly number[];
}

/** @param known files that are read in another way */
export function openFolders(tree: FileTree, options: OpenOptions, known: ReadonlySet<string> = new Set()): Records {
  const { fileOf, ...list } = listFolders(tree.files, options, known);
  return {
    ...list,
    async *read(wanted, signal) {
      const recordOf = new Map(wanted.map((at) => [fileOf[at], at]));
      for await (const outcome of tree.read([...recordOf.keys()], signal))
        yield { ...outcome, at: recordOf.get(outcome.at) as number };
    },
  };
}

/** Pure: names and sizes in, labelled images and problems out. */
export function listFolders(
  files: readonly ListedFile[],
  { reading }: Pick<OpenOptions, 'reading'> = {},
  known: ReadonlySet<string> = new Set(),
): FolderList {
  const problems: Problem[] = [];
  const { images, folders } = sift(files, known, problems);
  const root = commonRoot(images);
  const tops = images.map(({ segments }) => segments.slice(root.length));
  const split = folderSplits(tops);
  /** Of an image or a folder in the root; what lies in none of its folders is in no split. */
  const place = (segments: readonly string[], isFolder = false) =>
    split && (isFolder || segments.length > 1) ? split(segments) : { side: null, segments };
  const beside: string[] = [];
  const placed = images.flatMap((image, i): Placed[] => {
    const found = place(tops[i]);
    if (!found) beside.push(image.path);
    return found ? [{ ...image, ...found }] : [];
  });
  const wrap = split ? commonRoot(placed) : [];
  const located = placed.map((image) => ({ ...image, segments: image.segments.slice(wrap.length) }));
  const levels = folderLevels(located.map(({ segments }) => segments));
  const layout = levels ? 'domains' : split ? 'splits' : 'classes';
  const classes = levels && (reading === 'outer' || reading === 'inner' ? reading : likelyClasses(levels));
  const depth = levels && classes === 'inner' ? levels.inner + 1 : 1;
  const domainAt = levels && (classes === 'inner' ? 0 : levels.inner);
  const inside = located.filter(({ segments }) => segments.length > depth);
  const outside = located.filter(({ segments }) => segments.length <= depth);
  if (images.length === 0) {
    problems.push(error(null, FORMAT_WORDS.folders.noImages));
  } else if (inside.length === 0) {
    problems.push(error(null, FORMAT_WORDS.folders.noClasses));
  } else {
    problems.push(
      ...leftOut(beside, 'image', FORMAT_WORDS.folders.besideSplits),
      ...leftOut(
        outside.map(({ path }) => path),
        'image',
        FORMAT_WORDS.folders.outside,
      ),
    );
  }
  const found = new Set(inside.map(({ segments }) => segments[depth - 1]));
  const placedFolders = within(folders, root).flatMap((folder) => place(folder, true) ?? []);
  const classFolders = placedFolders.map(({ segments }) => segments);
  problems.push(...emptyClasses(within(classFolders, wrap), depth, found));
  const ordered = inside.toSorted((a, b) => naturalOrder(a.path, b.path));
  return {
    layout,
    name: root.at(-1) ?? null,
    records: ordered.map(({ file, path, side, segments }) => ({
      path,
      bytes: files[file].size,
      className: segments[depth - 1],
      side,
      ...(domainAt !== null && { domain: domainAt < segments.length - 1 ? segments[domainAt] : null }),
    })),
    fileOf: ordered.map(({ file }) => file),
    columns: [],
    labelColumn: null,
    ...(levels &&
      classes && {
        readings: {
          options: (['inner', 'outer'] as const).map((id) => levelReading(id, levels, inside.length)),
          chosen: classes,
          // Both levels could be either, and nothing in the files tells.
          inDoubt: !reading,
        },
      }),
    problems,
  };
}

const EXAMPLES = 3;
const sorted = (names: ReadonlySet<string>): string[] => [...names].sort(naturalOrder);

function levelReading(id: 'inner' | 'outer', { names }: FolderLevels, labelled: number): Reading {
  const domains = sorted(names[id === 'inner' ? 'outer' : 'inner']);
  return {
    id,
    name: id,
    labelled,
    classes: names[id].size,
    examples: sorted(names[id]).slice(0, EXAMPLES),
    note: FORMAT_WORDS.folders.domains(domains.length, someOf(domains)),
  };
}

/** Counts an image in its hidden folder, which may be a class such as ".net". */
function countHidden(segments: readonly string[], images: Map<string, number>): void {
  const at = segments.findIndex((segment) => segment.startsWith('.'));
  const name = segments[segments.length - 1];
  if (at < 0 || name.startsWith('.') || !isImage(name) || segments.some(isLeftBehind)) return;
  const folder = segments.slice(0, at + 1).join('/');
  images.set(folder, (images.get(folder) ?? 0) + 1);
}

/** Selects images and relevant folders. Everything else becomes a problem, or is ignored if it is litter. */
function sift(
  files: readonly ListedFile[],
  known: ReadonlySet<string>,
  problems: Problem[],
): { images: Located[]; folders: string[][] } {
  const images: Located[] = [];
  const folders: string[][] = [];
  const [hostile, others, empty]: string[][] = [[], [], []];
  const hidden = new Map<string, number>();
  files.forEach(({ path, size }, file) => {
    const segments = segmentsOf(path);
    if (isHostile(path)) hostile.push(path);
    else if (segments.length === 0) return;
    else if (isLitter(segments)) countHidden(segments, hidden);
    else if (/[/\\]$/.test(path)) folders.push(segments);
    else if (known.has(path) || NAMES_FILE.test(path) || isCompanion(segments[segments.length - 1])) return;
    else if (!isImage(segments[segments.length - 1])) others.push(segments.join('/'));
    else if (size === 0) empty.push(segments.join('/'));
    else images.push({ file, path: segments.join('/'), segments });
  });
  const tables = others.filter(isTable);
  const areTooMany = tables.length > MAX_TABLES;
  problems.push(
    ...leftOut(hostile, 'file', FORMAT_WORDS.folders.hostile),
    ...leftOut(
      [...hidden.keys()].filter((folder) => (hidden.get(folder) as number) >= MIN_IMAGES_PER_CLASS),
      'class folder',
      FORMAT_WORDS.folders.hidden,
    ),
    ...leftOut(empty, 'file', FORMAT_WORDS.folders.empty),
    ...leftOut(areTooMany ? tables : [], 'table', FORMAT_WORDS.table.tooMany(MAX_TABLES)),
    ...leftOut(areTooMany ? others.filter((path) => !isTable(path)) : others, 'file', FORMAT_WORDS.folders.notImages()),
  );
  return { images, folders };
}

/**
 * Leading folders that wrap the others: all images that lie in a folder of that level share it, and most have another folder below to name the class. The few
 * that end above it, as a preview beside the class folders, lie outside of them.
 */
function commonRoot(images: readonly Located[]): readonly string[] {
  const deeperThan = (levels: number) => images.filter(({ segments }) => segments.length > levels);
  const isWrapper = (level: number): boolean => {
    const inFolders = deeperThan(level + 1);
    const isDeep = deeperThan(level + 2).length > images.length / 2;
    return isDeep && inFolders.every(({ segments }) => segments[level] === inFolders[0].segments[level]);
  };
  let depth = 0;
  while (isWrapper(depth)) depth++;
  return deeperThan(depth).at(0)?.segments.slice(0, depth) ?? [];
}

/** Folders in another one, without it. */
const within = (folders: readonly (readonly string[])[], root: readonly string[]): (readonly string[])[] =>
  folders
    .filter((folder) => root.every((segment, i) => folder[i] === segment))
    .map((folder) => folder.slice(root.length));

function emptyClasses(folders: readonly (readonly string[])[], depth: number, found: ReadonlySet<string>): Problem[] {
  const names = new Set(folders.filter(({ length }) => length >= depth).map((folder) => folder[depth - 1]));
  return leftOut(
    [...names].filter((name) => !found.has(name)),
    'class folder',
    FORMAT_WORDS.folders.noneInside,
  );
}
