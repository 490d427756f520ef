/** The label and the place of every row of the tables of one form, in one pass over each. */
import type { FileTree } from '../files/file-tree.ts';
import { MAX_RECORDS } from '../files/limits.ts';
import { sideWithin, stemOf } from '../files/paths.ts';
import { leftOut, warning, type Problem } from '../files/problem.ts';
import { SAMPLED as SAMPLED_IMAGES, pixelNotes, spread, tellPixels, type ToldPixels } from './array-images.ts';
import { stripped, type FileLookup } from './file-lookup.ts';
import { sidesInFolders } from './folder-splits.ts';
import type { ImageRecord, LabelColumn } from './records.ts';
import { openRows, type TableRow } from './rows.ts';
import { SpreadRows } from './spread-rows.ts';
import { TableColumns, pixelsIn } from './table-columns.ts';
import { folderOf, type Table } from './table-head.ts';
import { UnknownSides } from './unknown-sides.ts';
import { FORMAT_WORDS } from './words.ts';

/** Location of the image of a record. */
export type Place = { readonly file: number } | { readonly table: number; readonly row: number };

/** How well the rows of tables and the images fit each other. */
export interface RowCoverage {
  readonly rows: number;
  /** Number of rows whose image exists. */
  readonly found: number;
  /** Some names of missing images. */
  readonly missing: readonly string[];
}

/** What the rows of tables of one form say. Tables are added one after the other; an image keeps the label of the first that has it. */
export class TableIndex {
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

  get coverage(): RowCoverage {
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
