/**
 * Tables whose rows name image files, hold images as base64, or hold pixels in their cells. A table is gone through twice: once for
 * the labels, and once more for the images that are wanted, so that it is never held as a whole.
 */
import type { FileTree, Outcome } from '../archive/file-tree.ts';
import type { ByteFile, Bytes } from '../bytes/byte-file.ts';
import type { Side } from '../concept-split.ts';
import { MAX_RECORDS } from '../drop/limits.ts';
import { isHostile, isImage, isLitter, segmentsOf, sideIn, sideNamed } from '../drop/paths.ts';
import { counted, leftOut, warning, type Problem } from '../drop/problem.ts';
import { base64Image } from './base64.ts';
import { openRows, type TableRow } from './rows.ts';
import { TableColumns, pixelShape, type Roles } from './table-columns.ts';
import type { ImageContent, ImageRecord, LabelColumn, OpenOptions, Records } from './records.ts';

const TABLE = /\.(csv|tsv|jsonl|ndjson)(\.gz)?$/i;
const JSON_LINES = /\.(jsonl|ndjson)(\.gz)?$/i;
/** Tables beside a data set are few; more are something else. */
const MAX_TABLES = 64;
/** Rows from which the role of a column is told. */
const SAMPLED = 200;

/** Where the image of a record is. */
type Place = { readonly file: number } | { readonly table: number; readonly row: number };

interface Table {
  readonly path: string;
  readonly bytes: ByteFile;
  readonly jsonLines: boolean;
  readonly roles: Roles;
  readonly columns: readonly string[];
}

/** @returns null when there is no table with images in it */
export async function openTable(tree: FileTree, { labelColumn, signal }: OpenOptions = {}): Promise<Records | null> {
  const paths = [...tree.files.keys()].filter(
    (at) => TABLE.test(tree.files[at].path) && !isLitter(segmentsOf(tree.files[at].path)),
  );
  if (paths.length === 0 || paths.length > MAX_TABLES) return null;
  const lookup = new FileLookup(tree);
  const problems: Problem[] = [];
  const tables: Table[] = [];
  const records: ImageRecord[] = [];
  const places: Place[] = [];
  let columns: readonly LabelColumn[] = [];
  let chosen: string | null = null;
  for (const at of paths) {
    const { path } = tree.files[at];
    try {
      const bytes = tree.file(at);
      const jsonLines = JSON_LINES.test(path);
      const roles = await rolesOf(bytes, jsonLines, path, lookup, labelColumn ?? null, signal);
      if (!roles) continue;
      const table = { path, bytes, jsonLines, ...roles };
      const found = await indexTable(table, tables.length, lookup, MAX_RECORDS - records.length, problems, signal);
      tables.push(table);
      for (const { record, place } of found.entries) {
        records.push(record);
        places.push(place);
      }
      if (columns.length === 0) [columns, chosen] = [found.columns, roles.roles.label];
    } catch (cause) {
      signal?.throwIfAborted();
      problems.push(...leftOut([path], 'table', cause instanceof Error ? cause.message : String(cause)));
    }
  }
  if (tables.length === 0) return problems.length > 0 ? emptyRecords(problems) : null;
  return {
    layout: 'table',
    name: null,
    records,
    columns: columns.length > 1 ? columns : [],
    labelColumn: columns.length > 1 ? chosen : null,
    problems,
    read: (wanted, inner) => readPlaces(tree, tables, places, wanted, inner),
  };
}

function emptyRecords(problems: readonly Problem[]): Records {
  return { layout: 'table', name: null, records: [], columns: [], labelColumn: null, problems, async *read() {} };
}

/** Files of the tree by what a table may call them: the path from the table, from the top, or the bare name, with extension or not. */
class FileLookup {
  readonly #byKey = new Map<string, number>();
  readonly size: number;
  constructor(tree: FileTree) {
    const add = (key: string, at: number) =>
      this.#byKey.set(key, this.#byKey.has(key) && this.#byKey.get(key) !== at ? -1 : at);
    let images = 0;
    tree.files.forEach(({ path, size }, at) => {
      const segments = segmentsOf(path);
      const name = segments.at(-1);
      if (!name || size === 0 || !isImage(name) || isHostile(path) || isLitter(segments)) return;
      images++;
      for (let from = 0; from < segments.length && from < 8; from++) {
        const key = segments.slice(from).join('/').toLowerCase();
        add(key, at);
        add(key.replace(/\.[^.]*$/, ''), at);
      }
    });
    this.size = images;
  }
  /** @returns -1 when no file or more than one is called so */
  find(name: string, folder: readonly string[]): number {
    if (name === '' || isHostile(name)) return -1;
    const key = segmentsOf(name).join('/').toLowerCase();
    const beside = folder.length > 0 ? this.#byKey.get([...folder, key].join('/').toLowerCase()) : undefined;
    return beside ?? this.#byKey.get(key) ?? -1;
  }
}

const folderOf = (path: string): string[] => segmentsOf(path).slice(0, -1);

async function rolesOf(
  bytes: ByteFile,
  jsonLines: boolean,
  path: string,
  lookup: FileLookup,
  wanted: string | null,
  signal?: AbortSignal,
): Promise<{ roles: Roles; columns: readonly string[] } | null> {
  const { columns, rows } = await openRows(bytes, jsonLines, signal);
  const folder = folderOf(path);
  const seen = new TableColumns(columns, (name) => lookup.size > 0 && lookup.find(name, folder) >= 0);
  for await (const { cells, number } of rows) {
    seen.add(cells);
    if (number >= SAMPLED) break;
  }
  const roles = seen.roles(wanted);
  return roles && { roles, columns };
}

/** First pass: the label and the place of every row. */
async function indexTable(
  { path, bytes, jsonLines, roles, columns }: Table,
  table: number,
  lookup: FileLookup,
  limit: number,
  problems: Problem[],
  signal?: AbortSignal,
): Promise<{ entries: { record: ImageRecord; place: Place }[]; columns: LabelColumn[] }> {
  const { rows, faults } = await openRows(bytes, jsonLines, signal);
  const folder = folderOf(path);
  const tableSide = sideIn(path);
  const seen = new TableColumns(columns, () => false);
  const entries: { record: ImageRecord; place: Place }[] = [];
  const missing: string[] = [];
  const used = new Set<number>();
  const repeated: string[] = [];
  let cut = false;
  for await (const row of rows) {
    signal?.throwIfAborted();
    if (entries.length >= limit) {
      cut = true;
      break;
    }
    seen.tally(row.cells, roles);
    const className = roles.classOf(row.cells);
    const given = roles.side === null ? undefined : sideNamed(row.cells[roles.side]);
    if (roles.image.kind !== 'file') {
      entries.push({
        record: { path: `${path}#${row.number}`, className, side: given ?? tableSide },
        place: { table, row: row.number },
      });
      continue;
    }
    const name = row.cells[roles.image.column];
    const file = lookup.find(name, folder);
    if (file < 0) missing.push(name);
    else if (used.has(file)) repeated.push(name);
    else {
      used.add(file);
      const side: Side | null = given ?? tableSide ?? sideIn(name.includes('/') ? name : '');
      entries.push({ record: { path: segmentsOf(name).join('/'), className, side }, place: { file } });
    }
  }
  problems.push(
    ...leftOut(missing, 'row', `the image that "${path}" names is not among the files`),
    ...leftOut(repeated, 'row', `"${path}" names the image twice`),
  );
  if (faults.malformed > 0)
    problems.push(
      warning(
        path,
        `${counted(faults.malformed, 'row')} of "${path}" left out: damaged, or with more or fewer cells than the header.`,
        faults.malformed,
      ),
    );
  if (cut) problems.push(warning(path, `Only the first ${counted(MAX_RECORDS, 'row')} are looked at.`));
  return { entries, columns: seen.candidates(roles) };
}

/** Second pass: files from the tree, images in cells by going through their table once more. */
async function* readPlaces(
  tree: FileTree,
  tables: readonly Table[],
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
    const { bytes, jsonLines, roles } = tables[t];
    const { rows } = await openRows(bytes, jsonLines, signal);
    for await (const row of rows) {
      signal?.throwIfAborted();
      const at = left.get(row.number);
      if (at === undefined) continue;
      left.delete(row.number);
      yield { at, ...contentOf(row, roles) };
      if (left.size === 0) break;
    }
    for (const at of left.values()) yield { at, error: new Error('its row has gone') };
  }
}

function contentOf({ cells }: TableRow, { image }: Roles): { value: ImageContent } | { error: Error } {
  if (image.kind === 'base64') {
    const bytes: Bytes | null = base64Image(cells[image.column]);
    return bytes ? { value: bytes } : { error: new Error('its cell is no base64') };
  }
  if (image.kind !== 'pixels') return { error: new Error('it has no file') };
  const { columns } = image;
  const { width, height, channels } = pixelShape(columns.length) as { width: number; height: number; channels: number };
  return {
    value: {
      width,
      height,
      channels,
      data: Uint8Array.from(columns, (column) => Math.min(255, Math.max(0, Number(cells[column]) || 0))),
    },
  };
}
