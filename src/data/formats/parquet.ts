/** Parquet files with image bytes: a column {bytes, path} or of plain bytes, and columns that could be labels. */
import type { SchemaTree } from 'hyparquet';
import { asError } from '../../core/error-text.ts';
import type { FileTree, Outcome } from '../files/file-tree.ts';
import type { Bytes } from '../files/byte-file.ts';
import type { Side } from '../bundled/concept-split.ts';
import { ENDINGS, endingIn } from '../files/endings.ts';
import { MAX_RECORDS } from '../files/limits.ts';
import { sideIn, sideOf } from '../files/paths.ts';
import { error, leftOut, warning, type Problem } from '../files/problem.ts';
import { hfFeatures, type HfFeatures } from './hf-features.ts';
import { openParquet, type ParquetFile } from './parquet-file.ts';
import {
  ColumnTally,
  chooseDomain,
  chooseLabel,
  unreadColumn,
  type ImageContent,
  type ImageRecord,
  type OpenOptions,
  type Records,
} from './records.ts';
import { isNamedSide } from './table-columns.ts';
import { UnknownSides } from './unknown-sides.ts';
import { FORMAT_WORDS } from './words.ts';

/** Share of the rows that must agree. */
const MOST = 0.5;
const PARQUET = endingIn(ENDINGS.parquet);

interface Part {
  readonly path: string;
  readonly file: ParquetFile;
  readonly image: string;
  readonly features: HfFeatures;
  /** Number of its first record. */
  readonly start: number;
  /** Number of its first row group. */
  readonly block: number;
  /** Number of rows that are read. */
  readonly count: number;
  readonly side: Side | null;
}

/** @returns null when there is no parquet file */
export async function openParquetFiles(
  tree: FileTree,
  { labelColumn, domainColumn, signal }: OpenOptions = {},
): Promise<Records | null> {
  const named = [...tree.files.keys()].filter((at) => PARQUET.test(tree.files[at].path));
  if (named.length === 0) return null;
  const problems: Problem[] = [];
  const parts: Part[] = [];
  let count = 0;
  let blocks = 0;
  for (const at of named) {
    const { path } = tree.files[at];
    if (count >= MAX_RECORDS) {
      problems.push(warning(path, FORMAT_WORDS.parquet.firstRows(MAX_RECORDS, path)));
      break;
    }
    try {
      const file = await openParquet(tree.file(at), signal);
      const features = hfFeatures(file.metadata);
      const image = imageColumn(file.columns, features);
      if (!image) {
        problems.push(...leftOut([path], 'file', FORMAT_WORDS.parquet.noImages));
        continue;
      }
      const rows = Math.min(file.starts.at(-1) as number, MAX_RECORDS - count);
      parts.push({ path, file, image, features, start: count, block: blocks, count: rows, side: sideIn(path) });
      count += rows;
      blocks += groupsWithin(file, rows);
    } catch (cause) {
      signal?.throwIfAborted();
      problems.push(...leftOut([path], 'file', asError(cause).message));
    }
  }
  const labels = new Set<string>();
  for (const part of parts) await findLabels(part, labels, signal);
  const candidates = [...labels];
  const declared = parts
    .find(({ features }) => features.classNames.size > 0)
    ?.features.classNames.keys()
    .next().value;
  const column = chooseLabel(candidates, labelColumn ?? declared) ?? (candidates.length === 1 ? candidates[0] : null);
  const domain = chooseDomain(candidates, column, domainColumn);
  const tally = new ColumnTally(column ?? '');
  const split = candidates.find((name) => name !== column && name !== domain && isNamedSide(name)) ?? null;
  const lists: ImageRecord[][] = [];
  for (const part of parts) {
    const listed = await listRows(part, { column, domain, split }, signal);
    lists.push(listed.records);
    problems.push(...listed.problems);
  }
  const records = lists.flat();
  for (const { className } of records) if (className !== null) tally.add(className);
  if (count === 0) problems.push(error(null, FORMAT_WORDS.parquet.none));
  else if (column === null) problems.push(error(null, FORMAT_WORDS.parquet.noClasses));
  const others = candidates.map((name) => (name === column ? tally.summary() : unreadColumn(name)));
  return {
    layout: 'parquet',
    name: null,
    records,
    columns: candidates.length > 1 ? others : [],
    labelColumn: candidates.length > 1 ? column : null,
    domainColumn: domain,
    problems,
    read: (wanted, inner) => readRows(parts, wanted, inner),
  };
}

/** Number of row groups of a file that hold its first `count` rows. */
const groupsWithin = ({ starts }: ParquetFile, count: number): number =>
  starts.slice(0, -1).filter((start) => start < count).length;

const isBytes = ({ element, children }: SchemaTree): boolean =>
  element.type === 'BYTE_ARRAY' &&
  children.length === 0 &&
  element.repetition_type !== 'REPEATED' &&
  element.converted_type !== 'UTF8' &&
  element.logical_type?.type !== 'STRING';

/** The one declared an image, a struct with bytes, or plain bytes, those named like images first. */
function imageColumn(columns: readonly SchemaTree[], { images }: HfFeatures): string | null {
  const holds = columns.filter(
    (column) => isBytes(column) || column.children.some((child) => child.element.name === 'bytes' && isBytes(child)),
  );
  const names = holds.map(({ element }) => element.name);
  return (
    names.find((name) => images.includes(name)) ??
    names.find((name) => /^(image|img|picture|photo|pixel_values)/i.test(name)) ??
    names[0] ??
    null
  );
}

const LABELS = ['INT32', 'INT64', 'BYTE_ARRAY', 'BOOLEAN'];
const FRACTIONS = ['FLOAT', 'DOUBLE'];
/** Rows from which it is told whether numbers with a fraction are whole. */
const SAMPLED = 200;

/** Adds the names of columns that could be labels to those `found` in other parts. */
async function findLabels({ file, image }: Part, found: Set<string>, signal?: AbortSignal): Promise<void> {
  for (const { element, children } of file.columns) {
    const { name, type = '' } = element;
    if (found.has(name) || name === image || children.length > 0 || element.repetition_type === 'REPEATED') continue;
    if (LABELS.includes(type) || (FRACTIONS.includes(type) && (await isWhole(file, name, signal)))) found.add(name);
  }
}

/** pandas writes whole numbers with a gap among them as fractions. */
async function isWhole(file: ParquetFile, column: string, signal?: AbortSignal): Promise<boolean> {
  try {
    const values = await file.read(column, 0, Math.min(SAMPLED, file.starts[1] ?? 0), true, signal);
    const numbers = values.filter((value) => typeof value === 'number' && !Number.isNaN(value));
    return numbers.length > 0 && numbers.every(Number.isInteger);
  } catch {
    signal?.throwIfAborted();
    return false; // whoever reads the rows names the damage
  }
}

interface Listed {
  readonly records: ImageRecord[];
  readonly problems: readonly Problem[];
}

/** Reads the columns of labels, domains and splits only, row group by row group. */
async function listRows(
  { path, file, features, side, count, block }: Part,
  { column, domain, split }: Readonly<Record<'column' | 'domain' | 'split', string | null>>,
  signal?: AbortSignal,
): Promise<Listed> {
  const has = (name: string | null): name is string => file.columns.some(({ element }) => element.name === name);
  const cellsOf = async (name: string | null, begin: number, end: number): Promise<readonly unknown[]> =>
    has(name) && end > begin ? file.read(name, begin, end, true, signal) : [];
  const namesIn = (name: string | null) => (name === null ? undefined : features.classNames.get(name));
  const records: ImageRecord[] = [];
  const said: string[] = [];
  let damaged = 0;
  const groups = groupsWithin(file, count);
  for (let g = 0; g < groups; g++) {
    const [begin, end] = [file.starts[g], Math.min(file.starts[g + 1], count)];
    let values: readonly unknown[] = [];
    let domains: readonly unknown[] = [];
    let splits: readonly unknown[] = [];
    try {
      values = await cellsOf(column, begin, end);
      domains = await cellsOf(domain, begin, end);
      splits = await cellsOf(split, begin, end);
    } catch {
      signal?.throwIfAborted();
      damaged += end - begin;
    }
    for (let row = begin; row < end; row++) {
      said.push(classText(splits[row - begin], namesIn(split)) ?? '');
      records.push({
        path: `${path}#${row + 1}`,
        className: classText(values[row - begin], namesIn(column)),
        side,
        block: block + g,
        ...(domain !== null && { domain: classText(domains[row - begin], namesIn(domain)) }),
      });
    }
  }
  const problems = damaged > 0 ? [warning(path, FORMAT_WORDS.parquet.labelsDamaged(damaged, path), damaged)] : [];
  if (!has(split)) return { records, problems };
  const sided = withSides(records, said, { path, split });
  return { records: sided.records, problems: [...problems, ...sided.problems] };
}

/** The rows with the splits that a column says, if it says one of most of them. */
function withSides(
  records: ImageRecord[],
  said: readonly string[],
  { path, split }: { readonly path: string; readonly split: string },
): Listed {
  const sides = said.map(sideOf);
  if (sides.filter((side) => side).length <= MOST * said.length) {
    const isUnknown = said.some((each) => each !== '');
    return { records, problems: isUnknown ? [warning(path, FORMAT_WORDS.noSplits(path, split))] : [] };
  }
  const unknown = new UnknownSides();
  const sided = records.map((record, i) => {
    const side = sides[i] ?? record.side;
    if (side === null) unknown.add(said[i]);
    return { ...record, side };
  });
  return { records: sided, problems: unknown.problems(path, split) };
}

/** @returns null for a missing label: nothing, or −1, which stands for it in test splits */
function classText(value: unknown, names: readonly string[] | undefined): string | null {
  if (typeof value === 'bigint' || typeof value === 'number') {
    const label = Number(value);
    if (!Number.isInteger(label)) return null;
    if (names) return names[label] ?? null;
    return label === -1 ? null : String(label);
  }
  if (typeof value === 'string') return value.slice(0, 200).trim() || null;
  if (typeof value === 'boolean') return String(value);
  return null;
}

/** Row group by row group; those without a wanted row are not touched. */
async function* readRows(
  parts: readonly Part[],
  wanted: readonly number[],
  signal?: AbortSignal,
): AsyncGenerator<Outcome<ImageContent>, void, undefined> {
  for (const { file, image, start, count } of parts) {
    const mine = wanted.filter((at) => at >= start && at < start + count).sort((a, b) => a - b);
    for (let g = 0; g + 1 < file.starts.length; g++) {
      const inGroup = mine.filter((at) => at - start >= file.starts[g] && at - start < file.starts[g + 1]);
      if (inGroup.length === 0) continue;
      signal?.throwIfAborted();
      const begin = inGroup[0] - start;
      const end = inGroup[inGroup.length - 1] - start + 1;
      let values: readonly unknown[] = [];
      let failure = new Error(FORMAT_WORDS.parquet.noBytes);
      try {
        values = await file.read(image, begin, end, false, signal);
      } catch (cause) {
        signal?.throwIfAborted();
        failure = asError(cause);
      }
      for (const at of inGroup) {
        const bytes = bytesIn(values[at - start - begin]);
        yield bytes ? { at, value: bytes } : { at, error: failure };
      }
    }
  }
}

function bytesIn(value: unknown): Bytes | null {
  const bytes: unknown = value instanceof Uint8Array ? value : (value as { bytes?: unknown } | null | undefined)?.bytes;
  return bytes instanceof Uint8Array && bytes.length > 0 ? new Uint8Array(bytes) : null;
}
