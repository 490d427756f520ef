/** Arrays of NumPy, npz or npy: images and their labels by name and shape; without labels, one file per class (Quick, Draw!). */
import { errorText } from '../../core/error-text.ts';
import { NO_FILES, joinTrees, type FileTree } from '../files/file-tree.ts';
import { openZip } from '../archive/zip.ts';
import { firstBytes, readRanges, readWhole, type ByteFile, type Bytes } from '../files/byte-file.ts';
import { ENDINGS, endingIn } from '../files/endings.ts';
import { MAX_CLASSES, MAX_RECORDS } from '../files/limits.ts';
import { sideIn, sideWithin, stemOf, withoutSide } from '../files/paths.ts';
import { error, leftOut, warning, type Problem } from '../files/problem.ts';
import { NPY_HEADER_BYTES, npyHeader, npyNumbers, npyTexts, type NpyHeader } from './npy.ts';
import { SAMPLED, pixelNotes, shapeOf, sizeOf, tellPixels, toPixels, type FlatShape } from './array-images.ts';
import { sidesInFolders } from './folder-splits.ts';
import {
  ColumnTally,
  chooseLabel,
  readBlocks,
  type ImageBlock,
  type ImageRecord,
  type NotedBlock,
  type OpenOptions,
  type Records,
} from './records.ts';
import { sampledImages } from './sampled-images.ts';
import { FORMAT_WORDS } from './words.ts';

const NPY = endingIn(ENDINGS.npy);
const NPZ = endingIn(ENDINGS.npz);

interface NamedArray {
  readonly path: string;
  /** Without folder, extension and split: "labels" of "train_labels.npy". */
  readonly role: string;
  readonly file: ByteFile;
  readonly header: NpyHeader;
  /** [N, classes] with one 1 among zeros in each row: labels. */
  readonly oneHot: boolean;
}

const MAX_LABEL_BYTES = 64 * 1024 * 1024;

/** Arrays by what they hold. */
interface SortedArrays {
  readonly images: readonly NamedArray[];
  readonly labels: readonly NamedArray[];
}

/** @returns null when there is neither an npz nor an npy file */
export async function openArrays(tree: FileTree, { labelColumn, signal }: OpenOptions = {}): Promise<Records | null> {
  const inner = await withNpz(tree, signal);
  const named = [...inner.files.keys()].filter((at) => NPY.test(inner.files[at].path));
  if (named.length === 0 && inner === tree) return null;
  const problems: Problem[] = [...inner.problems].filter((problem) => !tree.problems.includes(problem));
  const sorted = sortedArrays(await readArrays(inner, named, problems, signal), problems);
  const { images } = sorted;
  const made = await blocksOf(images, problems, signal);
  const { roles, column } = labelRoles(sorted, labelColumn, problems);
  const tallies = new Map(roles.map((role) => [role, new ColumnTally(role)]));
  const oneEach = sorted.labels.length === 0 && areClasses(images);
  const inFolders = sidesInFolders(images.map(({ path }) => ({ path, className: stemOf(path) })));
  // one that holds no image says so itself
  const isFull = (array: NamedArray) =>
    (made.get(array)?.block.count ?? 0) > 0 && labelsBeside(array, sorted).length > 0;
  const largest = largestOf(images.filter(isFull));
  const blocks: ImageBlock[] = [];
  const records: ImageRecord[] = [];
  for (const [a, array] of images.entries()) {
    const { path } = array;
    const noted = made.get(array);
    if (!noted) continue;
    if (largest && isFull(array) && arraySize(array) !== arraySize(largest)) {
      problems.push(...leftOut([path], 'array', FORMAT_WORDS.otherSize(largest.path)));
      continue;
    }
    const beside = labelsBeside(array, sorted);
    if (!oneEach && beside.length === 0) {
      problems.push(...leftOut([path], 'array', whyUnlabelled(array, sorted)));
      continue;
    }
    const limit = MAX_RECORDS - records.length;
    const classNames = oneEach
      ? Array<string>(Math.min(noted.block.count, limit)).fill(stemOf(path))
      : await orLeftOut(path, problems, signal, () => labelsOf(beside, column, tallies, signal));
    if (!classNames) continue;
    problems.push(...noted.notes);
    if (noted.block.count > limit) problems.push(warning(path, FORMAT_WORDS.firstImages(MAX_RECORDS)));
    const count = Math.min(noted.block.count, limit, classNames.length);
    blocks.push({ ...noted.block, count });
    const side = oneEach ? inFolders[a] : sideIn(path);
    for (let i = 0; i < count; i++) records.push({ path: `${path}#${i + 1}`, className: classNames[i], side });
  }
  if (records.length === 0) problems.push(error(null, FORMAT_WORDS.arrays.none));
  return {
    layout: 'arrays',
    name: null,
    records,
    columns: roles.length > 1 ? [...tallies.values()].map((tally) => tally.summary()) : [],
    labelColumn: roles.length > 1 ? column : null,
    problems,
    read: (wanted, inside) => readBlocks(blocks, wanted, inside),
  };
}

/** What is read of an array; null where it cannot be read, which `problems` then say. @throws the signal's reason when aborted */
async function orLeftOut<T>(
  path: string,
  problems: Problem[],
  signal: AbortSignal | undefined,
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read();
  } catch (cause) {
    signal?.throwIfAborted();
    problems.push(...leftOut([path], 'array', errorText(cause)));
    return null;
  }
}

/** The arrays at some places of a tree, as their headers describe them. */
async function readArrays(
  tree: FileTree,
  places: readonly number[],
  problems: Problem[],
  signal?: AbortSignal,
): Promise<NamedArray[]> {
  const arrays: NamedArray[] = [];
  for (const at of places) {
    const { path } = tree.files[at];
    const file = tree.file(at);
    const array = await orLeftOut(path, problems, signal, async () => {
      const header = npyHeader(await firstBytes(file, NPY_HEADER_BYTES, signal));
      return { path, role: roleOf(path), file, header, oneHot: await isOneHot(file, header, signal) };
    });
    if (array) arrays.push(array);
  }
  return arrays;
}

/** Labels are columns of values, or rows of one-hot ones; what has the shape of neither labels nor images is left out. */
function sortedArrays(arrays: readonly NamedArray[], problems: Problem[]): SortedArrays {
  const labels = arrays.filter(
    ({ header: { shape }, oneHot }) => oneHot || shape.length === 1 || (shape.length === 2 && shape[1] === 1),
  );
  const images = arrays.filter((array) => !labels.includes(array) && shapeOf(array.header) !== null);
  const others = arrays.filter((array) => !labels.includes(array) && !images.includes(array));
  const paths = others.map(({ path }) => path);
  problems.push(...leftOut(paths, 'array', FORMAT_WORDS.arrays.otherShape));
  return { images, labels };
}

async function blocksOf(
  images: readonly NamedArray[],
  problems: Problem[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<NamedArray, NotedBlock>> {
  const made = new Map<NamedArray, NotedBlock>();
  for (const array of images) {
    const block = await orLeftOut(array.path, problems, signal, () => blockOf(array, signal));
    if (block) made.set(array, block);
  }
  return made;
}

/** The arrays that may name the classes of images: as long, of the same split, and in the same folder. */
const labelsBeside = ({ path, header }: NamedArray, { labels }: SortedArrays): readonly NamedArray[] =>
  labels.filter(
    (other) =>
      other.header.shape[0] === header.shape[0] &&
      sideIn(other.path) === sideIn(path) &&
      folderOf(other.path) === folderOf(path),
  );

function whyUnlabelled({ header }: NamedArray, { labels }: SortedArrays): string {
  const other = labels.find(({ header: { shape } }) => shape[0] === header.shape[0]);
  return other ? FORMAT_WORDS.arrays.elsewhere(other.path) : FORMAT_WORDS.arrays.noLabels;
}

/** The roles of arrays that may name the classes, and the one that does: the reader's choice, the one that is named so, or else the first. */
function labelRoles(
  sorted: SortedArrays,
  labelColumn: OpenOptions['labelColumn'],
  problems: Problem[],
): { readonly roles: readonly string[]; readonly column: string | null } {
  const beside = sorted.images.flatMap((array) => labelsBeside(array, sorted));
  const roles = [...new Set(beside.map(({ role }) => role))];
  const known = chooseLabel(roles, labelColumn);
  if (known === null && roles.length > 1) problems.push(warning(null, FORMAT_WORDS.arrays.guessed(roles[0])));
  return { roles, column: known ?? roles.at(0) ?? null };
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** "x_train.npy" → "x", "train_labels.npy" → "labels". */
const roleOf = (path: string): string => withoutSide(stemOf(path)) || stemOf(path);

const arraySize = ({ header }: NamedArray): string => sizeOf(shapeOf(header) as FlatShape);
const pixelsOf = ({ header }: NamedArray): number => header.shape.slice(1).reduce((product, side) => product * side, 1);

/** The array with the largest images. Others may hold the same images in another size, as those of MedMNIST do. */
const largestOf = (images: readonly NamedArray[]): NamedArray | null =>
  images.toSorted((a, b) => pixelsOf(b) - pixelsOf(a)).at(0) ?? null;

/** Whether arrays of images may be one class each: of one shape, and not all named after splits. One may be, as the trains of Quick, Draw! are. */
function areClasses(images: readonly NamedArray[]): boolean {
  const shapes = new Set(images.map(({ header }) => JSON.stringify(shapeOf(header))));
  const areSplits = images.every(({ path }) => sideWithin(stemOf(path)) !== null);
  return images.length > 1 && shapes.size === 1 && !areSplits;
}

/** The class of a row of one-hot labels, null where it has none or several. */
function hotOf(row: Float64Array): number | null {
  const hot = row.indexOf(1);
  return hot >= 0 && row.every((value, label) => value === 0 || label === hot) ? hot : null;
}

const rowsOf = (numbers: Float64Array, length: number): Float64Array[] =>
  Array.from({ length: Math.floor(numbers.length / length) }, (_, i) => numbers.subarray(i * length, (i + 1) * length));

async function isOneHot(file: ByteFile, header: NpyHeader, signal?: AbortSignal): Promise<boolean> {
  const { kind, shape, offset, width } = header;
  const [count, classes] = shape;
  if (kind === 'U' || kind === 'S' || shape.length !== 2 || classes < 2 || classes > MAX_CLASSES) return false;
  const sampled = Math.min(SAMPLED, count) * classes;
  const range = { begin: offset, end: offset + sampled * width };
  for await (const bytes of readRanges(file, [range], signal)) {
    const rows = rowsOf(npyNumbers(bytes, header, sampled), classes);
    return rows.length > 0 && rows.every((row) => hotOf(row) !== null);
  }
  return false;
}

/** The files with every npz replaced by the arrays in it. */
async function withNpz(tree: FileTree, signal?: AbortSignal): Promise<FileTree> {
  const packed = [...tree.files.keys()].filter((at) => NPZ.test(tree.files[at].path));
  if (packed.length === 0) return tree;
  const opened = [{ prefix: '', tree }];
  for (const at of packed) {
    const { path } = tree.files[at];
    const inside = tree.file(at).slice
      ? await openZip(tree.file(at), signal)
      : {
          ...NO_FILES,
          problems: leftOut([path], 'file', FORMAT_WORDS.arrays.npzInArchive),
        };
    const problems = inside.problems.map((problem) => ({ ...problem, severity: 'warning' as const, path }));
    opened.push({
      prefix: packed.length > 1 ? `${path.replace(NPZ, '')}/` : folderOf(path),
      tree: { ...inside, problems },
    });
  }
  return joinTrees(opened);
}

async function blockOf({ path, file, header }: NamedArray, signal?: AbortSignal): Promise<NotedBlock> {
  const found = shapeOf(header);
  if (!found) throw new Error(FORMAT_WORDS.arrays.notImages);
  const length = found.width * found.height * found.channels * header.width;
  const said = header.shape[0];
  const there = file.size === null ? said : Math.max(0, Math.floor((file.size - header.offset) / length));
  const cutOff = there < said ? [warning(path, FORMAT_WORDS.cutOff(path, said, there), said - there)] : [];
  const count = Math.min(said, there);
  const place = { offset: header.offset, stride: length, length, count };
  const valuesOf = (bytes: Bytes) => npyNumbers(bytes, header, length / header.width);
  const told = tellPixels(found, await sampledImages(file, place, valuesOf, signal));
  const block = { file, ...place, toImage: (bytes: Bytes) => toPixels(valuesOf(bytes), told.shape, told.scale) };
  return { block, notes: [...cutOff, ...pixelNotes(path, told)] };
}

/** Class names from the chosen label array, null for an image without one; the other arrays are only counted. @param arrays at least one */
async function labelsOf(
  arrays: readonly NamedArray[],
  column: string | null,
  tallies: ReadonlyMap<string, ColumnTally>,
  signal?: AbortSignal,
): Promise<readonly (string | null)[] | null> {
  let chosen: readonly (string | null)[] | null = null;
  for (const array of arrays) {
    const bytes = (await readWhole(array.file, MAX_LABEL_BYTES, signal)).subarray(array.header.offset);
    const texts = textsOf(array, bytes);
    const tally = tallies.get(array.role);
    for (const text of texts) if (text !== null) tally?.add(text);
    if (array.role === column || chosen === null) chosen = texts;
  }
  return chosen;
}

/** @param bytes after the header */
function textsOf({ header, oneHot }: NamedArray, bytes: Bytes): (string | null)[] {
  const [said, classes = 1] = header.shape;
  const count = Math.min(said, MAX_RECORDS);
  if (header.kind === 'U' || header.kind === 'S') return npyTexts(bytes, header, count);
  const labels = oneHot
    ? rowsOf(npyNumbers(bytes, header, count * classes), classes).map(hotOf)
    : [...npyNumbers(bytes, header, count)];
  return labels.map((label) => (label === null ? null : String(label)));
}
