/**
 * Tables whose rows name image files, hold images as base64, or hold pixels in their cells. A table is read twice, once for the labels and
 * once for the wanted images, so that it is never held as a whole.
 */
import { errorText } from '../../core/error-text.ts';
import type { Bytes } from '../files/byte-file.ts';
import type { FileTree, Outcome } from '../files/file-tree.ts';
import { isTable } from '../files/endings.ts';
import { MAX_TABLES } from '../files/limits.ts';
import { isLitter, segmentsOf } from '../files/paths.ts';
import { leftOut, leftOutOne, someOf, warning, type Problem } from '../files/problem.ts';
import { sizeOf, toPixels, type ToldPixels } from './array-images.ts';
import { base64Image } from './base64.ts';
import { FileLookup } from './file-lookup.ts';
import type { ImageContent, OpenOptions, Records } from './records.ts';
import { openRows, type TableRow } from './rows.ts';
import { pixelsIn, type Certainty, type Roles } from './table-columns.ts';
import { readTableHead, type Table } from './table-head.ts';
import { TableIndex, type Place, type RowCoverage } from './table-index.ts';
import { FORMAT_WORDS } from './words.ts';

/** How well the tables and the images fit each other. */
export interface Coverage extends RowCoverage {
  readonly tables: readonly string[];
  /** Certainty of the label column. */
  readonly certainty: Certainty;
}

export interface TableRecords extends Records {
  readonly coverage: Coverage;
}

/** Kaggle's example of an answer: its labels are placeholders. */
const PLACEHOLDERS = /(^|\/)sample[-_ ]?submission\.[^/]*$/i;

/** @returns null when there is no table with images in it */
export async function openTable(tree: FileTree, { signal, ...choice }: OpenOptions = {}): Promise<TableRecords | null> {
  const paths = [...tree.files.keys()].filter((at) => {
    const { path } = tree.files[at];
    return isTable(path) && !PLACEHOLDERS.test(path) && !isLitter(segmentsOf(path));
  });
  if (paths.length === 0 || paths.length > MAX_TABLES) return null; // whoever lists the files names so many
  const lookup = new FileLookup(tree);
  const problems: Problem[] = [];
  const tables: Table[] = [];
  for (const at of paths) {
    const { path } = tree.files[at];
    try {
      const table = await readTableHead(path, tree.file(at), lookup, choice, signal);
      if (table) tables.push(table);
    } catch (cause) {
      signal?.throwIfAborted();
      problems.push(...leftOut([path], 'table', errorText(cause)));
    }
  }
  // what names classes best comes first: an image keeps the label of the first table that has it
  const sorted = tables.toSorted((a, b) => rank(a) - rank(b) || pixelsOf(b) - pixelsOf(a));
  const alike = sorted.filter(({ roles }) => roles.label === sorted[0].roles.label);
  const read = await readForms(alike, lookup, signal);
  const none = { order: [], index: new TableIndex(lookup) };
  const { order, index } = read.find(isWhole) ?? read.find(holdsImages) ?? read.at(0) ?? none;
  const failed = read.flatMap((form) => form.failed);
  const empty = read.filter((form) => form.index !== index && !holdsImages(form));
  // the others say themselves what is wrong with them
  const said = new Set([...order, ...failed.map(({ table }) => table), ...empty.flatMap((form) => form.order)]);
  const unsaid = sorted.filter((table) => !said.has(table));
  problems.push(
    ...otherwise(unsaid, alike, order),
    ...order.flatMap(guesses),
    ...failed.flatMap(({ table, why }) => leftOut([table.path], 'table', why)),
    ...empty.flatMap((form) => form.index.problems),
  );
  if (tables.length === 0 && problems.length === 0) return null;
  index.placeInFolders(order, tree);
  const { records, places, pixels, columns, coverage } = index;
  return {
    layout: 'table',
    name: null,
    records,
    columns: columns.length > 1 ? columns : [],
    labelColumn: columns.length > 1 ? (order[0]?.roles.label ?? null) : null,
    domainColumn: order[0]?.roles.domain?.name ?? null,
    problems: [...problems, ...index.problems],
    coverage: { ...coverage, tables: tables.map(({ path }) => path), certainty: order[0]?.roles.certainty ?? 'none' },
    read: (wanted, inner) => readPlaces(tree, order, pixels, places, wanted, inner),
  };
}

const CERTAINTIES: readonly Certainty[] = ['named', 'only', 'guessed', 'none'];
const rank = ({ roles }: Table): number => CERTAINTIES.indexOf(roles.certainty);

/** Pixels of an image in the table; those of image files and of base64 are more. */
const pixelsOf = ({ roles: { image } }: Table): number =>
  image.kind === 'pixels' ? image.columns.length : Number.MAX_SAFE_INTEGER;

/** Tables of different forms may hold the same images, as the four of HAM10000 do, and nothing would tell that they are copies. */
const formOf = ({ roles: { image } }: Table): string => (image.kind === 'pixels' ? sizeOf(image.shape) : 'files');

/** Tables of one form, and what was found in them. */
interface ReadForm {
  readonly order: readonly Table[];
  readonly index: TableIndex;
  readonly failed: readonly { readonly table: Table; readonly why: string }[];
}

const holdsImages = ({ index }: ReadForm): boolean => index.records.length > 0;
/** Some of its tables can be read to their end, so that smaller images of the others would be worse. */
const isWhole = (form: ReadForm): boolean => form.failed.length < form.order.length && holdsImages(form);

/** Reads one form of tables after the other until one is whole and holds images, at least one. */
async function readForms(tables: readonly Table[], lookup: FileLookup, signal?: AbortSignal): Promise<ReadForm[]> {
  const read: ReadForm[] = [];
  for (const form of new Set(tables.map(formOf))) {
    const order = tables.filter((table) => formOf(table) === form);
    const index = new TableIndex(lookup);
    const failed: { table: Table; why: string }[] = [];
    for (const [t, table] of order.entries()) {
      try {
        await index.add(table, t, signal);
      } catch (cause) {
        signal?.throwIfAborted();
        failed.push({ table, why: errorText(cause) });
      }
    }
    read.push({ order, index, failed });
    if (isWhole(read[read.length - 1])) break;
  }
  return read;
}

/** Tables that are not read: their classes are something else than those of the used (folds beside breeds), or their images come in another form. */
const otherwise = (tables: readonly Table[], alike: readonly Table[], used: readonly Table[]): Problem[] =>
  tables.map((table) =>
    leftOutOne(
      table.path,
      alike.includes(table)
        ? FORMAT_WORDS.otherSize(used[0].path)
        : FORMAT_WORDS.table.other(used[0].path, table.roles.label),
    ),
  );

/** What the user should know of the columns of classes that no name tells. */
function guesses({ path, roles: { certainty, label, hot } }: Table): Problem[] {
  if (certainty !== 'guessed') return [];
  const { guessed, guessedEach } = FORMAT_WORDS.table;
  return [warning(path, label === null ? guessedEach(someOf(hot)) : guessed(label))];
}

/** Second pass: reads files from the tree, and images in cells by reading their table again. */
async function* readPlaces(
  tree: FileTree,
  tables: readonly Table[],
  pixels: readonly ToldPixels[],
  places: readonly Place[],
  wanted: readonly number[],
  signal?: AbortSignal,
): AsyncGenerator<Outcome<ImageContent>, void, undefined> {
  const recordOf = new Map<number, number>();
  const rowsOf = tables.map(() => new Map<number, number>());
  for (const at of wanted) {
    const place = places[at];
    if ('file' in place) recordOf.set(place.file, at);
    else rowsOf[place.table].set(place.row, at);
  }
  for await (const outcome of tree.read([...recordOf.keys()], signal))
    yield { ...outcome, at: recordOf.get(outcome.at) as number };
  for (let t = 0; t < tables.length; t++) {
    const left = rowsOf[t];
    if (left.size === 0) continue;
    const { bytes, roles, rows: options } = tables[t];
    const { rows } = await openRows(bytes, { ...options, signal });
    for await (const row of rows) {
      signal?.throwIfAborted();
      const at = left.get(row.number);
      if (at === undefined) continue;
      left.delete(row.number);
      yield { at, ...contentOf(row, roles, pixels[t]) };
      if (left.size === 0) break;
    }
    for (const at of left.values()) yield { at, error: new Error(FORMAT_WORDS.table.rowGone) };
  }
}

function contentOf(
  { cells }: TableRow,
  { image }: Roles,
  told: ToldPixels,
): { value: ImageContent } | { error: Error } {
  if (image.kind === 'base64') {
    const bytes: Bytes | null = base64Image(cells[image.column]);
    return bytes ? { value: bytes } : { error: new Error(FORMAT_WORDS.table.noBase64) };
  }
  if (image.kind !== 'pixels') return { error: new Error(FORMAT_WORDS.table.noFile) };
  return { value: toPixels(pixelsIn(cells, image.columns), told.shape, told.scale) };
}
