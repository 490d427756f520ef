/** The result of a format reader: a list of labelled images that are not read yet, and a way to read some of them. */
import { asError } from '../../core/error-text.ts';
import type { Outcome } from '../files/file-tree.ts';
import { readRanges, type ByteFile, type Bytes } from '../files/byte-file.ts';
import type { Side } from '../bundled/concept-split.ts';
import type { Problem } from '../files/problem.ts';
import type { Layout } from './layouts.ts';
import { FORMAT_WORDS } from './words.ts';

/** Uncompressed pixels, [height, width, channels]. */
export interface RawImage {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 RGB, 4 RGBA. */
  readonly channels: number;
  readonly data: Uint8Array;
}

/** An image file as it is, or pixels. */
export type ImageContent = Bytes | RawImage;

/** An image of an opened data set, with its labels as they stand in the files. */
export interface ImageRecord {
  /** For people: the path, or the file and the row. */
  readonly path: string;
  /** Null when the data set does not say. */
  readonly className: string | null;
  readonly side: Side | null;
  /** The group that the data set puts it in besides its class: a camera, a site, a style. Null or absent: none. */
  readonly domain?: string | null;
  /** Images of the same block are cheap to read together (a row group); absent if each can be read separately. */
  readonly block?: number;
  /** Stored size; absent if known only after reading. */
  readonly bytes?: number;
}

/** A column, array or file that could name the classes. */
export interface LabelColumn {
  readonly name: string;
  /** Different values, counted up to MAX_DISTINCT. */
  readonly distinct: number;
  readonly examples: readonly string[];
}

/** `outer` and `inner`: which of two levels of folders names the classes; the other one names domains. */
export const READINGS = ['table', 'folders', 'outer', 'inner'] as const;
export type ReadingId = (typeof READINGS)[number];

/** One of several ways to assign classes to the same files. */
export interface Reading {
  readonly id: ReadingId;
  /** "labels.csv", or "folders". */
  readonly name: string;
  /** Number of images with a class in this reading. */
  readonly labelled: number;
  readonly classes: number;
  readonly examples: readonly string[];
  /** A sentence about what does not fit, or about the domains; null if there is nothing to say. */
  readonly note: string | null;
}

export interface Readings {
  readonly options: readonly Reading[];
  readonly chosen: ReadingId;
  /** True if the user has not chosen and neither reading is clearly right. */
  readonly inDoubt: boolean;
}

/** The plain-data part, from which a plan is made. */
export interface RecordList {
  readonly layout: Layout;
  /** Null when the files do not name the data set. */
  readonly name: string | null;
  readonly records: readonly ImageRecord[];
  /** Empty when the layout leaves no choice. */
  readonly columns: readonly LabelColumn[];
  readonly labelColumn: string | null;
  /** The column that names the domains; null or absent: none does. */
  readonly domainColumn?: string | null;
  /** Absent when there is one reading only. */
  readonly readings?: Readings;
  readonly problems: readonly Problem[];
}

/** The images of an opened data set, and a way to read some of them. */
export interface Records extends RecordList {
  /**
   * Contents of some images, in the cheapest order; a failure does not stop the others.
   *
   * @param wanted positions in `records`
   * @throws the signal's reason when aborted
   */
  read(wanted: readonly number[], signal?: AbortSignal): AsyncGenerator<Outcome<ImageContent>, void, undefined>;
}

/** The user's choice if the files allow several interpretations. */
export interface ReadingChoice {
  /** Null or absent: the most likely one. A column that does not exist is ignored. */
  readonly labelColumn?: string | null;
  /** Null or absent: the more likely one. */
  readonly reading?: ReadingId | null;
  /** Null: none names domains. Absent: the one that is named so. A column that does not exist is ignored. */
  readonly domainColumn?: string | null;
}

export interface OpenOptions extends ReadingChoice {
  readonly signal?: AbortSignal;
}

/** Images of equal size in one file: record i lies at offset + i · stride. */
export interface ImageBlock {
  readonly file: ByteFile;
  readonly offset: number;
  readonly stride: number;
  /** Bytes of a record that are the image. */
  readonly length: number;
  readonly count: number;
  /** Bytes of one image → pixels. */
  readonly toImage: (bytes: Bytes) => RawImage;
}

/** The images of a file, and what is to be said of them if they are used. */
export interface NotedBlock {
  readonly block: ImageBlock;
  readonly notes: readonly Problem[];
}

/** Reads records of blocks that lie one after the other: the records of the second come after all of the first. */
export async function* readBlocks(
  blocks: readonly ImageBlock[],
  wanted: readonly number[],
  signal?: AbortSignal,
): AsyncGenerator<Outcome<ImageContent>, void, undefined> {
  let start = 0;
  for (const block of blocks) {
    const { offset, stride, length, count } = block;
    const from = start;
    const mine = wanted.filter((at) => at >= from && at < from + count).sort((a, b) => a - b);
    const ranges = mine.map((at) => {
      const begin = offset + (at - from) * stride;
      return { begin, end: begin + length };
    });
    start += count;
    let next = 0;
    try {
      if (mine.length === 0) continue;
      for await (const bytes of readRanges(block.file, ranges, signal)) {
        signal?.throwIfAborted();
        const at = mine[next++];
        yield bytes.length < length
          ? { at, error: new Error(FORMAT_WORDS.endsWithinIt) }
          : { at, value: block.toImage(bytes) };
      }
    } catch (cause) {
      signal?.throwIfAborted();
      const error = asError(cause);
      for (; next < mine.length; next++) yield { at: mine[next], error };
    }
  }
}

const MAX_DISTINCT = 10_000;
const EXAMPLES = 3;

/** Counts the values of a column as they pass by. */
export class ColumnTally {
  readonly #name: string;
  readonly #values = new Set<string>();
  constructor(name: string) {
    this.#name = name;
  }
  add(value: string): void {
    if (this.#values.size < MAX_DISTINCT) this.#values.add(value);
  }
  summary(): LabelColumn {
    const examples = [...this.#values].slice(0, EXAMPLES).map((value) => value.slice(0, 40));
    return { name: this.#name, distinct: this.#values.size, examples };
  }
}

/** A column that is offered and whose values are not counted. */
export const unreadColumn = (name: string): LabelColumn => ({ name, distinct: 0, examples: [] });

/** German for species, and an English word: of all names of a column of labels it says the least. */
export const ART = /^art(en)?$/i;

const LABEL_NAMES = [
  /^(class|label|category)[-_ ]?(name|text|str|string)s?$/i,
  /^(fine[-_ ]?)?labels?$/i,
  /^(class(es)?|category|categories|targets?|cls|species|breed|y|klassen?|kategorien?|etikett(en)?)$/i,
  /^(dx|diagnos(is|es|en?))$/i,
  /label|class|category|klasse|kategorie/i,
  ART,
];

/** How likely a name is that of the label column: 0 is best, LABEL_NAMES.length means not at all. */
export function labelRank(name: string): number {
  const rank = LABEL_NAMES.findIndex((pattern) => pattern.test(name));
  return rank < 0 ? LABEL_NAMES.length : rank;
}

export const NO_LABEL_RANK = LABEL_NAMES.length;

/** The requested column if it exists, else the one named most like labels, else null. */
export function chooseLabel(names: readonly string[], wanted?: string | null): string | null {
  if (wanted !== undefined && wanted !== null && names.includes(wanted)) return wanted;
  const ranked = names.filter((name) => labelRank(name) < NO_LABEL_RANK).sort((a, b) => labelRank(a) - labelRank(b));
  return ranked[0] ?? null;
}

/** The name of a class as a cell gives it: a whole number has no fraction, as of a column with a gap that pandas writes. */
export const plainLabel = (cell: string): string => cell.replace(/^(-?\d+)\.0+$/, '$1');

const DOMAIN_NAME =
  /^(domain|environment|env|site|camera|cam|cent(er|re)|hospital|clinic|scanner|location|source|style)s?([-_ ]?(id|name|remapped|str))?$/i;

/**
 * The column that names the domains: the wanted one, else the first that is named so.
 * @param wanted null: none does; undefined: not said
 * @param label the column that names the classes
 */
export function chooseDomain(
  names: readonly string[],
  label: string | null,
  wanted: string | null | undefined,
): string | null {
  const others = names.filter((name) => name !== label);
  if (wanted !== undefined) return others.find((name) => name === wanted) ?? null;
  return others.find((name) => DOMAIN_NAME.test(name)) ?? null;
}
