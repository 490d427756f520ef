/** Tables of text as rows, read piece by piece: delimited text (CSV, TSV) through Papa Parse, and JSON lines. */
import Papa from 'papaparse';
import type { ByteFile } from '../files/byte-file.ts';
import { fileText } from '../files/file-text.ts';
import { gunzipped, isGzip } from '../files/gunzip.ts';
import { isObject } from './json-labels.ts';
import { FORMAT_WORDS } from './words.ts';

export interface RowOptions {
  readonly jsonLines: boolean;
  /** Whether the first row of delimited text is one of the data: the table has no header then. @param next the second row, if there is one */
  readonly isData: (cells: readonly string[], next: readonly string[] | null) => boolean;
  readonly signal?: AbortSignal;
}

export interface TableRow {
  /** Counted from 1, without the header. */
  readonly number: number;
  /** One per column; empty if the row is short. Numbers and booleans are text. */
  readonly cells: readonly string[];
}

interface Faults {
  malformed: number;
  /** Rows that are read literally, because a quotation mark in them does not close. */
  literal: number;
  /** The first of them; 0 when there is none. */
  firstLiteral: number;
}

const noFaults = (): Faults => ({ malformed: 0, literal: 0, firstLiteral: 0 });

export interface RowStream {
  /** Known from the header, or from the first object (a later unknown key is ignored); numbered where there is none. */
  readonly columns: readonly string[];
  /** Rows that are not read; final when the rows have been gone through. */
  readonly faults: Readonly<Faults>;
  readonly rows: AsyncGenerator<TableRow, void, undefined>;
}

/** A row with an image in it: 24 MB of base64 hold an image of 16 MB. */
const MAX_ROW = 24 * 1024 * 1024;
const SAMPLE = 64 * 1024;
const MAX_COLUMNS = 20_000;
/** "sep=;", by which spreadsheets are told what separates the cells below. */
const SEPARATOR_LINE = /^\ufeff?"?sep=(.)"?(?:\r\n?|\n)/i;
/** With so many lines whose quotation marks do not close, those of the others mean nothing either. */
const MAX_LITERAL = 20;

/** @throws Error when the file is damaged, empty or its rows are endless; the signal's reason when aborted */
export async function openRows(file: ByteFile, { jsonLines, isData, signal }: RowOptions): Promise<RowStream> {
  const texts = fileText(await unpacked(file, signal), signal);
  const sample = await texts.next();
  const begin = sample.done ? '' : sample.value;
  const named = jsonLines ? null : SEPARATOR_LINE.exec(begin);
  const head = begin.slice(named?.[0].length);
  if (head.trim() === '') throw new Error(FORMAT_WORDS.rows.empty);
  const all = prepended(head, texts);
  return jsonLines ? jsonRows(all) : delimitedRows(head, all, isData, named?.[1]);
}

async function unpacked(file: ByteFile, signal?: AbortSignal): Promise<ByteFile> {
  for await (const head of file.stream(signal)) return isGzip(head) ? gunzipped(file) : file;
  return file;
}

async function* prepended<T>(head: T, rest: AsyncGenerator<T, void, undefined>): AsyncGenerator<T, void, undefined> {
  yield head;
  yield* rest;
}

interface ParsedError {
  readonly code: string;
  readonly row: number;
}

interface Parsed {
  readonly data: string[][];
  readonly errors: readonly ParsedError[];
  readonly meta: { readonly cursor: number; readonly aborted: boolean };
}

async function delimitedRows(
  start: string,
  texts: AsyncGenerator<string, void, undefined>,
  isData: RowOptions['isData'],
  separator?: string,
): Promise<RowStream> {
  const sample = start.slice(0, SAMPLE);
  const delimiter = separator ?? Papa.parse<string[]>(sample, { preview: 20 }).meta.delimiter;
  const newline = sample.includes('\n') || !sample.includes('\r') ? '\n' : '\r'; // line ending of old spreadsheets
  const lines = linesIn(texts, delimiter || ',', newline);
  const first = await lines.next();
  if (first.done) throw new Error(FORMAT_WORDS.rows.empty);
  const head = first.value.cells;
  const second = await lines.next();
  const body = second.done ? lines : prepended(second.value, lines);
  const headless = isData(head, second.value?.cells ?? null);
  const columns = uniqueNames(headless ? head.map(() => '') : head);
  if (columns.length > MAX_COLUMNS) throw new Error(FORMAT_WORDS.rows.columns(MAX_COLUMNS));
  const faults = noFaults();
  const rows = async function* (): AsyncGenerator<TableRow, void, undefined> {
    let number = 0;
    for await (const { cells, isLiteral } of headless ? prepended(first.value, body) : body) {
      const row = withoutEmptyEnd(cells, columns.length);
      number++;
      if (isLiteral) {
        faults.literal++;
        faults.firstLiteral ||= number;
      }
      if (row.length > columns.length || row.length < Math.min(2, columns.length)) faults.malformed++;
      else
        yield {
          number,
          cells: row.length < columns.length ? [...row, ...Array<string>(columns.length - row.length).fill('')] : row,
        };
    }
  };
  return { columns, faults, rows: rows() };
}

interface Line {
  readonly cells: string[];
  /** A quotation mark in it does not close, so all of them are part of the text. */
  readonly isLiteral: boolean;
}

/** The first row whose quoted cell does not close, or only in a later line and at a place where no cell ends; -1 when there is none. */
function strayRow({ data, errors }: Parsed, newline: string): number {
  const isStray = ({ code, row }: ParsedError): boolean =>
    code === 'MissingQuotes' ||
    (code === 'InvalidQuotes' && data.at(row)?.some((cell) => cell.includes(newline)) === true);
  return errors.find(isStray)?.row ?? -1;
}

/**
 * Papa Parse takes text in pieces through its Parser: the last, perhaps unfinished row of a piece is left for the next. A line whose quotation mark
 * does not close is taken literally, or it would swallow those after it.
 */
async function* linesIn(
  texts: AsyncGenerator<string, void, undefined>,
  delimiter: string,
  newline: '\n' | '\r',
): AsyncGenerator<Line, void, undefined> {
  let rest = '';
  let wait = 0;
  let literal = 0;
  const parse = (text: string, isOpen: boolean, options: Papa.ParseConfig = {}) =>
    new Papa.Parser({ delimiter, newline, ...options }).parse(text, 0, isOpen) as Parsed;
  const isEmpty = (row: readonly string[]) => row.length === 1 && row[0].trim() === '';
  const toLines = (rows: readonly string[][], isLiteral: boolean): Line[] =>
    rows
      .filter((row) => !isEmpty(row))
      .map((row) => ({
        cells: withoutReturn(row),
        isLiteral: isLiteral && row.some((cell) => cell.includes('"')),
      }));
  /** Takes the line that begins there out of the text. */
  const takeLiterally = (begin: number): Line[] => {
    const end = rest.indexOf(newline, begin);
    const line = rest.slice(begin, end < 0 ? rest.length : end);
    rest = end < 0 ? '' : rest.slice(end + 1);
    literal++;
    return toLines(parse(line, false, { fastMode: true }).data, true);
  };
  function* taken(isOpen: boolean): Generator<Line, void, undefined> {
    for (;;) {
      if (rest === '') return;
      const found = parse(rest, isOpen, literal < MAX_LITERAL ? {} : { fastMode: true });
      const stray = strayRow(found, newline);
      yield* toLines(stray < 0 ? found.data : found.data.slice(0, stray), literal >= MAX_LITERAL);
      if (stray < 0) {
        wait = found.data.length === 0 ? rest.length * 2 : 0;
        rest = isOpen ? rest.slice(found.meta.cursor) : '';
        return;
      }
      yield* takeLiterally(stray === 0 ? 0 : parse(rest, isOpen, { preview: stray }).meta.cursor);
    }
  }
  for await (const text of texts) {
    rest += text;
    if (wait > 0 && rest.length > MAX_ROW) {
      if (!rest.includes(newline)) throw new Error(FORMAT_WORDS.rows.rowLong);
      yield* takeLiterally(0);
    } else if (rest.length < wait) continue; // avoids reparsing a long row with every piece
    yield* taken(true);
  }
  yield* taken(false);
}

/** Rows are split at \n, also those that end in \r\n: a file may have both, and the two may lie in different pieces. */
function withoutReturn(row: string[]): string[] {
  const last = row.length - 1;
  return row[last].endsWith('\r') ? row.with(last, row[last].slice(0, -1)) : row;
}

/** Without empty cells beyond the columns: a separator may end a row and not the header. */
function withoutEmptyEnd(cells: readonly string[], columns: number): readonly string[] {
  const isWide = cells.length > columns && cells.slice(columns).every((cell) => cell.trim() === '');
  return isWide ? cells.slice(0, columns) : cells;
}

function uniqueNames(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((cell, i) => {
    const name = cell.replace(/^\ufeff/, '').trim() || `column ${i + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

async function jsonRows(texts: AsyncGenerator<string, void, undefined>): Promise<RowStream> {
  const lines = linesOf(texts);
  const faults = noFaults();
  let first: Map<string, string> | null = null;
  for (;;) {
    const { done, value } = await lines.next();
    if (done) break;
    first = flatObject(value);
    if (first && first.size > 0) break;
    faults.malformed++;
  }
  if (!first || first.size === 0) throw new Error(FORMAT_WORDS.rows.noJson);
  const columns = [...first.keys()].slice(0, MAX_COLUMNS);
  const head = first;
  const cells = (object: ReadonlyMap<string, string>) => columns.map((name) => object.get(name) ?? '');
  const rows = async function* (): AsyncGenerator<TableRow, void, undefined> {
    let number = faults.malformed + 1;
    yield { number, cells: cells(head) };
    for await (const line of lines) {
      number++;
      const object = flatObject(line);
      if (object) yield { number, cells: cells(object) };
      else faults.malformed++;
    }
  };
  return { columns, faults, rows: rows() };
}

async function* linesOf(texts: AsyncGenerator<string, void, undefined>): AsyncGenerator<string, void, undefined> {
  let parts: string[] = [];
  let length = 0;
  for await (const text of texts) {
    const lines = text.split('\n');
    for (let i = 0; i < lines.length; i++) {
      parts.push(lines[i]);
      length += lines[i].length;
      if (length > MAX_ROW) throw new Error(FORMAT_WORDS.rows.lineLong);
      if (i === lines.length - 1) break; // its end may be in the next piece
      const line = parts.join('').trim();
      [parts, length] = [[], 0];
      if (line !== '') yield line;
    }
  }
  const last = parts.join('').trim();
  if (last !== '') yield last;
}

/** One level of nesting is flattened: {image: {bytes, path}} gives "image.bytes" and "image.path". */
function flatObject(line: string): Map<string, string> | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
  if (!isObject(parsed)) return null;
  const cells = new Map<string, string>();
  for (const [key, value] of Object.entries(parsed)) {
    if (isObject(value)) {
      for (const [inner, deep] of Object.entries(value)) if (isCell(deep)) cells.set(`${key}.${inner}`, String(deep));
    } else if (isCell(value)) cells.set(key, String(value));
  }
  return cells;
}

function isCell(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
