/**
 * Tables whose rows name image files, hold images as base64, or hold pixels in their cells. A table is read twice, once for the labels and
 * once for the wanted images, so that it is never held as a whole.
 */
import { errorText } from '../../core/error-text.ts';
import type { FileTree, Outcome } from '../files/file-tree.ts';
import type { ByteFile, Bytes } from '../files/byte-file.ts';
import { ENDINGS, endingIn, isTable } from '../files/endings.ts';
import { MAX_RECORDS, MAX_TABLES } from '../files/limits.ts';
import { isImage, isLitter, segmentsOf, sideWithin, stemOf } from '../files/paths.ts';
import { leftOut, leftOutOne, someOf, warning, type Problem } from '../files/problem.ts';
import {
  SAMPLED as SAMPLED_IMAGES,
  pixelNotes,
  sizeOf,
  spread,
  tellPixels,
  toPixels,
  type ToldPixels,
} from './array-images.ts';
import { base64Image, looksLikeBase64Image } from './base64.ts';
import { FileLookup, stripped, stripsOf } from './file-lookup.ts';
import { sidesInFolders } from './folder-splits.ts';
import { openRows, type RowOptions, type TableRow } from './rows.ts';
import { NAME_LENGTH, TableColumns, pixelsIn, type Certainty, type Roles } from './table-columns.ts';
import type { ImageContent, ImageRecord, LabelColumn, OpenOptions, ReadingChoice, Records } from './records.ts';
import { UnknownSides } from './unknown-sides.ts';
import { FORMAT_WORDS } from './words.ts';

const JSON_LINES = endingIn(ENDINGS.jsonLines, true);
/** Number of rows from which column roles are determined; at most twice as many where they are spread over the table. */
const SAMPLED = 200;

/** Location of the image of a record. */
type Place = { readonly file: number } | { readonly table: number; readonly row: number };

interface Table {
  readonly path: string;
  readonly bytes: ByteFile;
  readonly rows: Pick<RowOptions, 'jsonLines' | 'isData'>;
  readonly roles: Roles;
  readonly columns: readonly string[];
}

/** How well the tables and the images fit each other. */
export interface Coverage {
  readonly tables: readonly string[];
  readonly rows: number;
  /** Number of rows whose image exists. */
  readonly found: number;
  /** Some names of missing images. */
  readonly missing: readonly string[];
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
      const table = await readTable(path, tree.file(at), lookup, choice, signal);
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

const folderOf = (path: string): string[] => segmentsOf(path).slice(0, -1);

/**
 * A first row that names an image, holds one or is all numbers is not a header; consecutive numbers are one. The second row tells the column of the
 * images: a header may well have the class "1" where there is an image 1.png.
 */
function isDataRow(lookup: FileLookup, folder: readonly string[]): RowOptions['isData'] {
  const isPlain = (cell: string): boolean =>
    looksLikeBase64Image(cell) || (cell.length < 1000 && isImage(cell.replace(/[?#].*$/, '').trim()));
  const isStem = (cell: string): boolean =>
    cell.length < 1000 &&
    /\d/.test(cell) &&
    stripsOf(cell).some((strip) => typeof lookup.find(cell, folder, strip) === 'number');
  const isImageCell = (cell: string): boolean => isPlain(cell) || isStem(cell);
  const imageColumn = (cells: readonly string[]): number => {
    const plain = cells.findIndex(isPlain);
    return plain >= 0 ? plain : cells.findIndex(isStem);
  };
  const isNumbers = (cells: readonly string[]): boolean =>
    cells.length >= MIN_NUMBERS &&
    cells.every((cell) => /^\d+(\.\d+)?$/.test(cell.trim())) &&
    !cells.every((cell, i) => Number(cell) === i + Number(cells[0]));
  return (cells, next) => {
    const column = next === null ? -1 : imageColumn(next);
    return (column < 0 ? cells.some(isImageCell) : isImageCell(cells[column] ?? '')) || isNumbers(cells);
  };
}

/** Rows with at least this many numbers are pixels. */
const MIN_NUMBERS = 64;

/** What is taken from rows spread evenly over a table whose length is not known before: every second is dropped whenever there are twice as many as wanted. */
class SpreadRows<Taken> {
  rows: Taken[] = [];
  #every = 1;
  #passed = 0;

  constructor(
    private readonly wanted: number,
    private readonly take: (cells: readonly string[]) => Taken,
  ) {}

  add(cells: readonly string[]): void {
    if (this.#passed++ % this.#every !== 0) return;
    this.rows.push(this.take(cells));
    if (this.rows.length < 2 * this.wanted) return;
    this.rows = this.rows.filter((_, i) => i % 2 === 0);
    this.#every *= 2;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** V8 copies shorter parts of a text itself. */
const SHORT = 13;

/** A copy of what is looked at of a cell: a part of a text keeps the whole text in memory. */
const ownText = (cell: string): string =>
  cell.length < SHORT ? cell : decoder.decode(encoder.encode(cell.slice(0, NAME_LENGTH)));

/**
 * Tells the columns by the first rows, where their names say enough, and otherwise by rows spread over the table, which may be sorted by class.
 * @returns null when it has no images
 */
async function readTable(
  path: string,
  bytes: ByteFile,
  lookup: FileLookup,
  choice: ReadingChoice,
  signal?: AbortSignal,
): Promise<Table | null> {
  const folder = folderOf(path);
  const options = { jsonLines: JSON_LINES.test(path), isData: isDataRow(lookup, folder) };
  const { columns, rows, faults } = await openRows(bytes, { ...options, signal });
  const sample = new SpreadRows(SAMPLED, (cells) => cells.map(ownText));
  const told = (): Roles | null => {
    const seen = new TableColumns(columns, (name, strip) =>
      lookup.size > 0 ? lookup.find(name, folder, strip) : 'missing',
    );
    for (const cells of sample.rows) seen.add(cells);
    return seen.roles(choice);
  };
  const table = (roles: Roles | null) => roles && { path, bytes, rows: options, roles, columns };
  let read = 0;
  try {
    for await (const { cells } of rows) {
      signal?.throwIfAborted();
      sample.add(cells);
      if (++read !== SAMPLED) continue;
      const roles = told();
      if (!roles || roles.isSettled) return table(roles);
    }
  } catch (cause) {
    signal?.throwIfAborted();
    if (read < SAMPLED) throw cause; // whoever reads the other rows names the damage
  }
  if (read === 0 && faults.malformed > 0) throw new Error(FORMAT_WORDS.table.noRow);
  return table(told());
}

/** First pass: the label and the place of every row of every table. */
class TableIndex {
  readonly records: ImageRecord[] = [];
  readonly places: Place[] = [];
  readonly problems: Problem[] = [];
  /** By the number of a table that holds pixels: what rows from all of it tell of them. */
  readonly pixels: ToldPixels[] = [];
  /** Columns of the first table that has any. */
  columns: readonly LabelColumn[] = [];
  readonly #lookup: FileLookup;
  /** Of every record its table, and what the columns of splits say. */
  readonly #tableOf: number[] = [];
  readonly #said: string[] = [];
  /** The table that has labelled a file. */
  readonly #used = new Map<number, number>();
  readonly #missing: string[] = [];
  #rows = 0;

  constructor(lookup: FileLookup) {
    this.#lookup = lookup;
  }

  get coverage(): Pick<Coverage, 'rows' | 'found' | 'missing'> {
    return { rows: this.#rows, found: this.records.length, missing: this.#missing };
  }

  async add(table: Table, number: number, signal?: AbortSignal): Promise<void> {
    const { image } = table.roles;
    if (image.kind !== 'pixels') return this.#read(table, number, signal);
    const samples = new SpreadRows(SAMPLED_IMAGES, (cells) => pixelsIn(cells, image.columns));
    try {
      await this.#read(table, number, signal, samples);
    } finally {
      const { rows } = samples; // also of a table that turned out to be damaged
      const told = tellPixels(
        image.shape,
        spread(rows.length).map((at) => rows[at]),
      );
      this.pixels[number] = told;
      this.problems.push(...pixelNotes(table.path, told));
    }
  }

  async #read(
    table: Table,
    number: number,
    signal: AbortSignal | undefined,
    pixels?: SpreadRows<number[]>,
  ): Promise<void> {
    const { path, bytes, roles, columns } = table;
    const { rows, faults } = await openRows(bytes, { ...table.rows, signal });
    const folder = folderOf(path);
    const seen = new TableColumns(columns, () => 'missing');
    const [missing, several, repeated, multiple]: string[][] = [[], [], [], []];
    let elsewhere = 0;
    let cut = false;
    for await (const row of rows) {
      signal?.throwIfAborted();
      if (this.records.length >= MAX_RECORDS) {
        cut = true;
        break;
      }
      seen.tally(row.cells, roles);
      pixels?.add(row.cells);
      const { image } = roles;
      const classes = roles.classesOf(row.cells);
      if (classes.length > 1) {
        multiple.push(image.kind === 'file' ? row.cells[image.column] : `${path}#${row.number}`);
        continue;
      }
      const className = classes.at(0) ?? null;
      this.#rows++;
      if (image.kind !== 'file') {
        const record = { path: `${path}#${row.number}`, className };
        this.#push(table, number, row, record, { table: number, row: row.number });
        continue;
      }
      const name = row.cells[image.column];
      const file = this.#lookup.find(name, folder, image.strip);
      if (file === 'missing') missing.push(name);
      else if (file === 'several') several.push(name);
      else if (this.#used.get(file) === number) repeated.push(name);
      else if (this.#used.has(file)) elsewhere++;
      else {
        this.#used.set(file, number);
        this.#push(table, number, row, { path: stripped(name, image.strip), className }, { file });
      }
    }
    // labelled by another table, so not a fault of this one
    this.#rows -= elsewhere;
    for (const name of missing) this.#missing.push(name); // as arguments of one call they may be too many
    this.problems.push(
      ...leftOut(missing, 'row', missingText(path, missing)),
      ...leftOut(several, 'row', FORMAT_WORDS.table.several(path)),
      ...leftOut(repeated, 'row', FORMAT_WORDS.table.repeated(path)),
      ...leftOut(multiple, 'row', FORMAT_WORDS.table.multiple(path)),
    );
    if (elsewhere > 0) this.problems.push(warning(path, FORMAT_WORDS.table.elsewhere(elsewhere, path), elsewhere));
    if (faults.literal > 0)
      this.problems.push(
        warning(path, FORMAT_WORDS.table.strayQuotes(faults.literal, path, faults.firstLiteral), faults.literal),
      );
    if (faults.malformed > 0)
      this.problems.push(warning(path, FORMAT_WORDS.table.malformed(faults.malformed, path), faults.malformed));
    if (cut) this.problems.push(warning(path, FORMAT_WORDS.firstRows(MAX_RECORDS)));
    if (this.columns.length === 0) this.columns = seen.candidates(roles);
  }

  /** Gives rows whose split neither a column nor the name of the table says that of the folders of the image, else of the table. */
  placeInFolders(tables: readonly Table[], tree: FileTree): void {
    const { records, places } = this;
    const files = places.map((place, i) => ({
      path: 'file' in place ? tree.files[place.file].path : '',
      className: records[i].className,
    }));
    const ofImages = sidesInFolders(files);
    const ofTables = sidesInFolders(
      records.map(({ className }, i) => ({ path: tables[this.#tableOf[i]].path, className })),
    );
    const unknown = tables.map(() => new UnknownSides());
    for (const [i, record] of records.entries()) {
      const side = record.side ?? ofImages[i] ?? ofTables[i];
      records[i] = { ...record, side };
      if (side === null) unknown[this.#tableOf[i]].add(this.#said[i]);
    }
    for (const [t, { path, roles }] of tables.entries()) {
      const { side, noSides } = roles;
      if (side?.isAsked) this.problems.push(warning(path, FORMAT_WORDS.table.asked(path, side.name)));
      if (side) this.problems.push(...unknown[t].problems(path, side.name));
      this.problems.push(...noSides.map((column) => warning(path, FORMAT_WORDS.noSplits(path, column))));
    }
  }

  #push(
    { path, roles }: Table,
    number: number,
    { cells }: TableRow,
    record: Pick<ImageRecord, 'path' | 'className'>,
    place: Place,
  ): void {
    const { domain, side: named } = roles;
    this.records.push({
      ...record,
      side: named?.sideOf(cells) ?? sideWithin(stemOf(path)),
      ...(domain && { domain: cells[domain.column].trim() || null }),
    });
    this.places.push(place);
    this.#tableOf.push(number);
    this.#said.push(
      (named?.columns ?? [])
        .map((column) => cells[column].trim())
        .join(' ')
        .trim(),
    );
  }
}

function missingText(path: string, missing: readonly string[]): string {
  const addresses = missing.filter((name) => /^https?:\/\//i.test(name)).length;
  return addresses > missing.length / 2 ? FORMAT_WORDS.table.addresses(path) : FORMAT_WORDS.table.missing(path);
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
