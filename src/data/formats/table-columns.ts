/** Determines the roles of table columns from their names and the values of some rows. */
import type { Side } from '../bundled/concept-split.ts';
import { isImage, sideNamed, sideOf } from '../files/paths.ts';
import { flatShape, type FlatShape } from './array-images.ts';
import { looksLikeBase64Image } from './base64.ts';
import { stripsOf, type Found, type Strip } from './file-lookup.ts';
import {
  ART,
  ColumnTally,
  NO_LABEL_RANK,
  chooseDomain,
  labelRank,
  plainLabel,
  type LabelColumn,
  type ReadingChoice,
} from './records.ts';

export type ImageRole =
  | { readonly kind: 'file'; readonly column: number; readonly strip: Strip }
  | { readonly kind: 'base64'; readonly column: number }
  /** One pixel value per column, as Kaggle's digit tables have it. */
  | { readonly kind: 'pixels'; readonly columns: readonly number[]; readonly shape: FlatShape };

/** How the label column was found: by its name or as one-hot columns, as the only one left, by its repeated values, or not at all. */
export type Certainty = 'named' | 'only' | 'guessed' | 'none';

export interface SideRole {
  readonly name: string;
  /** The column, or one for each of several splits. */
  readonly columns: readonly number[];
  /** Whether the columns ask for a split by their names, "is_train", which may mean something else. */
  readonly isAsked: boolean;
  /** The split that the cells of a row name, null if none. */
  readonly sideOf: (cells: readonly string[]) => Side | null;
}

export interface Roles {
  readonly image: ImageRole;
  /** Name of the label column; null when the classes are one-hot columns or unknown. */
  readonly label: string | null;
  readonly certainty: Certainty;
  /** What names the split, or null. */
  readonly side: SideRole | null;
  /** Names of columns that are called like one of splits, or ask for one, and in most cells say something else. */
  readonly noSides: readonly string[];
  /** Name and position of the column that names the domains, or null. */
  readonly domain: { readonly name: string; readonly column: number } | null;
  /** Classes of a row: none, one or, one-hot, several. */
  readonly classesOf: (cells: readonly string[]) => readonly string[];
  /** Columns of one class each that `classesOf` reads; empty unless the classes are one-hot. */
  readonly hot: readonly string[];
  /** Columns that could be labels. */
  readonly candidates: readonly number[];
  /** Other rows would hardly change the roles: what names them stands in the header, or there is no choice. */
  readonly isSettled: boolean;
}

/** What names the classes. */
interface Labels {
  readonly label: number | null;
  /** One-hot columns; empty unless they are the classes. */
  readonly hot: readonly number[];
  readonly certainty: Certainty;
}

const SIDE_NAME =
  /^((data|data[-_ ]?set|image|train[-_ ]?(val[-_ ]?)?test)[-_ ]?)?(split|subset|set|partition|fold|usage|phase)([-_ ]?(name|type))?$/i;
/** A column that says of every row whether it is of one split. */
const IS_SIDE = /^(is|in|for)[-_ ]?([a-z]+)$/i;
const YES = /^(1(\.0+)?|true|yes|y)$/i;
const NO = /^(0(\.0+)?|false|no|n)$/i;
/** A column of images, if its values differ and another one names classes. */
const IMAGE_NAME = /^(image|img|picture|photo|file|path|url|id)s?([-_ ]?(id|name|file|path|url))?s?$/i;
/** A cell of a one-hot column; pandas 2 writes truth values. */
const FLAG = /^([01](\.0+)?|true|false)$/i;
/** Cells that are no shorter are no names. */
export const NAME_LENGTH = 1000;
/** Share of the sampled rows that must agree. */
const MOST = 0.5;
/** The same where something else speaks against it. */
const NEARLY_ALL = 0.9;
const MIN_PIXELS = 64;
const MAX_LABEL = 200;

/** The values of one image; empty cells are black. */
export const pixelsIn = (cells: readonly string[], columns: readonly number[]): number[] =>
  columns.map((column) => Number(cells[column]) || 0);

interface Counts {
  rows: number;
  /** Cells that look like the name of an image, whether it is there or not. */
  named: number;
  images: number;
  bytes: number;
  flags: number;
  sides: number;
  /** Cells that say yes or no, and those that say yes. */
  answers: number;
  yes: number;
  long: number;
  readonly values: Set<string>;
  /** Cells that could be names. */
  readonly names: string[];
}

/** How a column matches existing files. */
interface Match {
  /** Cells that name a file, with or without its extension, and those with it. */
  readonly stems: number;
  readonly files: number;
  readonly strip: Strip;
}

/** Whether a column is called like one of splits; what stands in it decides. */
export const isNamedSide = (name: string): boolean => SIDE_NAME.test(name);

/** "is_train" → "train" */
const sideAsked = (name: string): Side | null => sideNamed(IS_SIDE.exec(name)?.[2] ?? '') ?? null;

const lastPart = (name: string): string => name.replace(/[?#].*$/, '').trim();

/** Reads the first rows of a table, and says which column holds what. */
export class TableColumns {
  readonly #names: readonly string[];
  readonly #find: (name: string, strip: Strip) => Found;
  readonly #counts: Counts[];
  readonly #tallies: ColumnTally[];
  readonly #matches = new Map<number, Match>();
  readonly #rows: (readonly string[])[] = [];

  /** @param find the file that a cell names */
  constructor(names: readonly string[], find: (name: string, strip: Strip) => Found) {
    this.#names = names;
    this.#find = find;
    this.#counts = names.map(() => ({
      rows: 0,
      named: 0,
      images: 0,
      bytes: 0,
      flags: 0,
      sides: 0,
      answers: 0,
      yes: 0,
      long: 0,
      values: new Set(),
      names: [],
    }));
    this.#tallies = names.map((name) => new ColumnTally(name));
  }

  /** Looks at a sampled row. A space after a comma is no part of a cell. */
  add(cells: readonly string[]): void {
    this.#rows.push(cells);
    cells.forEach((untrimmed, i) => {
      const cell = untrimmed.trim();
      const counts = this.#counts[i];
      if (cell === '') return;
      counts.rows++;
      counts.values.add(cell.slice(0, MAX_LABEL));
      if (cell.length > MAX_LABEL) counts.long++;
      if (cell.length < NAME_LENGTH) {
        counts.names.push(cell);
        if (isImage(lastPart(cell))) counts.named++;
      }
      if (looksLikeBase64Image(cell)) counts.images++;
      if (/^\d{1,3}(\.0+)?$/.test(cell) && Number(cell) <= 255) counts.bytes++;
      if (FLAG.test(cell)) counts.flags++;
      if (sideOf(cell)) counts.sides++;
      if (YES.test(cell) || NO.test(cell)) counts.answers++;
      if (YES.test(cell)) counts.yes++;
    });
  }

  /** @returns null when no column has images */
  roles({ labelColumn: wanted = null, domainColumn }: ReadingChoice): Roles | null {
    const image = this.#image();
    if (!image) return null;
    const used = new Set(image.kind === 'pixels' ? image.columns : [image.column]);
    const side = this.#side(wanted);
    const free = [...this.#names.keys()].filter((i) => !used.has(i) && !side?.columns.includes(i));
    const candidates = free.filter(
      (i) =>
        this.#counts[i].rows > 0 &&
        this.#share(i, 'long') < MOST &&
        this.#share(i, 'named') < MOST &&
        this.#match(i).files < this.#counts[i].rows * MOST,
    );
    const { label, hot, certainty } = this.#labels(candidates, wanted);
    const domain = chooseDomain(
      candidates.map((i) => this.#names[i]),
      label === null ? null : this.#names[label],
      domainColumn,
    );
    const noSides = side
      ? []
      : candidates
          .filter((i) => i !== label)
          .map((i) => this.#names[i])
          .filter((name) => (isNamedSide(name) || (label !== null && sideAsked(name))) && name !== domain);
    return {
      image,
      label: label === null ? null : this.#names[label],
      certainty,
      side,
      noSides,
      domain: domain === null ? null : { name: domain, column: this.#names.indexOf(domain) },
      classesOf: label === null ? hotIn(hot, this.#names) : labelIn(label),
      hot: hot.map((i) => this.#names[i]),
      candidates,
      isSettled:
        label !== null &&
        (certainty === 'named' || (certainty === 'only' && this.#counts[label].values.size > 1)) &&
        !side?.isAsked &&
        noSides.length === 0,
    };
  }

  /** Counts the values of every column that could be labels. */
  tally(cells: readonly string[], { candidates }: Roles): void {
    for (const i of candidates) {
      const cell = cells[i].trim();
      if (cell !== '' && cell.length <= MAX_LABEL) this.#tallies[i].add(plainLabel(cell));
    }
  }

  candidates({ candidates }: Roles): LabelColumn[] {
    return candidates.map((i) => this.#tallies[i].summary());
  }

  #side(wanted: string | null): SideRole | null {
    const all = [...this.#names.keys()];
    const named = all.find((i) => isNamedSide(this.#names[i]) && this.#share(i, 'sides') > MOST);
    if (named !== undefined)
      return {
        name: this.#names[named],
        columns: [named],
        isAsked: false,
        sideOf: (cells) => sideOf(cells[named].trim()),
      };
    const asking = all.filter((i) => IS_SIDE.test(this.#names[i]) && this.#share(i, 'answers') > MOST);
    const columns = asking.filter((i) => this.#asksForSide(i));
    const isLabelled = this.#names.some((name) => name === wanted || labelRank(name) < NO_LABEL_RANK);
    // "is_train", "is_bus": one-hot columns of classes, unless another column names those
    const areClasses = !isLabelled && asking.some((i) => !sideAsked(this.#names[i]));
    if (columns.length === 0 || areClasses) return null;
    const names = columns.map((i) => this.#names[i]);
    return { name: names.join(', '), columns, isAsked: true, sideOf: sideAnswered(columns, names.map(sideAsked)) };
  }

  /** Training has the most images: "is_valid" that says yes of most says something else. */
  #asksForSide(i: number): boolean {
    const side = sideAsked(this.#names[i]);
    return side === 'train' || (side !== null && this.#share(i, 'yes') < MOST);
  }

  #share(i: number, what: 'named' | 'images' | 'bytes' | 'flags' | 'sides' | 'answers' | 'yes' | 'long'): number {
    const counts = this.#counts[i];
    return counts.rows === 0 ? 0 : counts[what] / counts.rows;
  }

  /** Finds the number of leading folders to drop so that a column matches the most files. */
  #match(i: number): Match {
    const known = this.#matches.get(i);
    if (known) return known;
    const { names } = this.#counts[i];
    const strips = [...new Set(names.flatMap(stripsOf))].sort((a, b) => a - b);
    let best: Match = { stems: 0, files: 0, strip: 0 };
    let most = 0;
    for (const strip of strips) {
      const found = names.filter((name) => typeof this.#find(name, strip) === 'number');
      const different = new Set(found.map((name) => this.#find(name, strip))).size;
      if (different <= most) continue;
      most = different;
      best = { stems: found.length, files: found.filter((name) => isImage(lastPart(name))).length, strip };
    }
    this.#matches.set(i, best);
    return best;
  }

  #image(): ImageRole | null {
    const all = [...this.#names.keys()];
    const best = (share: (i: number) => number) =>
      all.filter((i) => share(i) > MOST).sort((a, b) => share(b) - share(a) || a - b)[0];
    const part = (count: number, i: number) => (this.#counts[i].rows === 0 ? 0 : count / this.#counts[i].rows);
    const file = (column: number): ImageRole => ({ kind: 'file', column, strip: this.#match(column).strip });
    const base64 = best((i) => this.#share(i, 'images'));
    if (base64 !== undefined) return { kind: 'base64', column: base64 };
    const files = best((i) => part(this.#match(i).files, i));
    if (files !== undefined) return file(files);
    // class numbers could be bare names of files as well: those of files differ from row to row
    const differs = (i: number) => this.#counts[i].values.size > this.#counts[i].rows * MOST;
    const stems = best((i) => part(this.#match(i).stems, i));
    if (stems !== undefined && differs(stems)) return file(stems);
    const pixels = this.#pixels();
    if (pixels) return pixels;
    // most or all of the named images are missing: the table is worth a question
    const named = best((i) => this.#share(i, 'named'));
    if (named !== undefined) return file(named);
    const isLabelled = (i: number) => all.some((j) => j !== i && labelRank(this.#names[j]) < NO_LABEL_RANK);
    const ids = all.find((i) => IMAGE_NAME.test(this.#names[i]) && differs(i) && isLabelled(i));
    return ids === undefined ? null : file(ids);
  }

  #pixels(): ImageRole | null {
    const numbers = [...this.#names.keys()].filter(
      (i) => this.#counts[i].rows > 0 && this.#share(i, 'bytes') > MOST && labelRank(this.#names[i]) === NO_LABEL_RANK,
    );
    // without a header the label is a number like the others, and comes first
    const columns =
      [numbers, numbers.filter((i) => /\d$/.test(this.#names[i])), numbers.slice(1)].find(
        ({ length }) => flatShape(length) !== null,
      ) ?? [];
    const shape = columns.length >= MIN_PIXELS ? flatShape(columns.length) : null;
    return shape && { kind: 'pixels', columns, shape };
  }

  /** The wanted column, the one named like labels, one-hot columns, else the first column with repeated values. */
  #labels(candidates: readonly number[], wanted: string | null): Labels {
    const asked = candidates.find((i) => this.#names[i] === wanted);
    const flags = candidates.filter((i) => this.#share(i, 'flags') === 1);
    // beside "photo" and "sketch", "art" is a class
    const isClass = (i: number) => ART.test(this.#names[i]) && flags.length > 1 && flags.includes(i);
    const [named] = candidates
      .filter((i) => labelRank(this.#names[i]) < NO_LABEL_RANK && !isClass(i))
      .sort((a, b) => labelRank(this.#names[a]) - labelRank(this.#names[b]) || a - b);
    const known = asked ?? named;
    if (known !== undefined) return { label: known, hot: [], certainty: 'named' };
    // rows may be sorted by class: the only column left needs no second value
    const least = candidates.length > 1 ? 2 : 1;
    const repeated = candidates.filter((i) => {
      const { values, rows } = this.#counts[i];
      return values.size >= least && values.size <= Math.max(2, rows / 2);
    });
    const texts = repeated.filter((i) => !flags.includes(i));
    // "smoker" and "diabetic" beside "diagnosis" are no classes; where nothing else is left, rows of two classes are enough
    const single = flags.length > 1 ? this.#singleFlags(flags) : [];
    const share = single.length / this.#rows.length;
    const isHot = texts.length > 0 ? share > NEARLY_ALL : share > MOST || new Set(single).size > 1;
    const isCertain = texts.length === 0 && share > MOST;
    if (isHot) return { label: null, hot: flags, certainty: isCertain ? 'named' : 'guessed' };
    const label = texts.at(0) ?? repeated.at(0) ?? null;
    return { label, hot: [], certainty: label === null ? 'none' : candidates.length > 1 ? 'guessed' : 'only' };
  }

  /** Of every row with exactly one yes among these columns, the column that says it. */
  #singleFlags(columns: readonly number[]): number[] {
    const hot = this.#rows.map((cells) => columns.filter((i) => isHotCell(cells[i])));
    return hot.filter(({ length }) => length === 1).flat();
  }
}

/** The split of the column that says yes; where all say no, the first that none asks for. */
function sideAnswered(
  columns: readonly number[],
  asked: readonly (Side | null)[],
): (cells: readonly string[]) => Side | null {
  const rest = (['train', 'test', 'validation'] as const).find((side) => !asked.includes(side)) ?? null;
  return (cells) => {
    const answers = columns.map((i) => cells[i].trim());
    const yes = answers.findIndex((answer) => YES.test(answer));
    if (yes >= 0) return asked[yes];
    return answers.every((answer) => NO.test(answer)) ? rest : null;
  };
}

function labelIn(column: number): Roles['classesOf'] {
  return (cells) => {
    const label = plainLabel(cells[column].trim().slice(0, MAX_LABEL));
    return label === '' ? [] : [label];
  };
}

const isHotCell = (cell: string): boolean => Number(cell) === 1 || /^true$/i.test(cell.trim());

/** One column per class, 1 or true in that of the image (Roboflow's _classes.csv). */
function hotIn(columns: readonly number[], names: readonly string[]): Roles['classesOf'] {
  return (cells) => columns.filter((i) => isHotCell(cells[i])).map((i) => names[i]);
}
