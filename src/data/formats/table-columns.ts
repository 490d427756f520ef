/** Which column of a table is what: told by names and by the values of the first rows. */
import { isImage, sideNamed } from '../drop/paths.ts';
import { looksLikeBase64Image } from './base64.ts';
import { ColumnTally, NO_LABEL_RANK, labelRank, type LabelColumn } from './records.ts';

export type ImageRole =
  | { readonly kind: 'file' | 'base64'; readonly column: number }
  /** One pixel value per column, as Kaggle's digit tables have it. */
  | { readonly kind: 'pixels'; readonly columns: readonly number[] };

export interface Roles {
  readonly image: ImageRole;
  /** Name of the label column; null when the classes are one-hot columns or unknown. */
  readonly label: string | null;
  /** Column that names the split, or null. */
  readonly side: number | null;
  /** Class of a row; null when it has none or, one-hot, several. */
  readonly classOf: (cells: readonly string[]) => string | null;
  /** Columns that could be labels. */
  readonly candidates: readonly number[];
}

const SIDE_NAME = /^(split|subset|set|partition|fold|usage)$/i;
/** Share of the sampled rows that must agree. */
const MOST = 0.5;
const MIN_PIXELS = 64;
const MAX_LABEL = 200;

/** H, W and channels of so many values: a square, grey or RGB. */
export function pixelShape(count: number): { width: number; height: number; channels: number } | null {
  for (const channels of [1, 3]) {
    const side = Math.sqrt(count / channels);
    if (Number.isInteger(side)) return { width: side, height: side, channels };
  }
  return null;
}

interface Counts {
  rows: number;
  /** Cells that name a file with its extension, and those that name one with or without it. */
  files: number;
  stems: number;
  images: number;
  bytes: number;
  flags: number;
  sides: number;
  long: number;
  readonly values: Set<string>;
}

export class TableColumns {
  readonly #names: readonly string[];
  readonly #isFile: (name: string) => boolean;
  readonly #counts: Counts[];
  readonly #tallies: ColumnTally[];

  constructor(names: readonly string[], isFile: (name: string) => boolean) {
    this.#names = names;
    this.#isFile = isFile;
    this.#counts = names.map(() => ({
      rows: 0,
      files: 0,
      stems: 0,
      images: 0,
      bytes: 0,
      flags: 0,
      sides: 0,
      long: 0,
      values: new Set(),
    }));
    this.#tallies = names.map((name) => new ColumnTally(name));
  }

  /** Looks at a sampled row. */
  add(cells: readonly string[]): void {
    cells.forEach((cell, i) => {
      const counts = this.#counts[i];
      if (cell === '') return;
      counts.rows++;
      counts.values.add(cell.slice(0, MAX_LABEL));
      if (cell.length > MAX_LABEL) counts.long++;
      if (cell.length < 1000 && this.#isFile(cell)) {
        counts.stems++;
        if (isImage(cell)) counts.files++;
      }
      if (looksLikeBase64Image(cell)) counts.images++;
      if (/^\d{1,3}(\.0+)?$/.test(cell) && Number(cell) <= 255) counts.bytes++;
      if (/^[01](\.0+)?$/.test(cell)) counts.flags++;
      if (sideNamed(cell)) counts.sides++;
    });
  }

  /** @returns null when no column has images */
  roles(wanted: string | null): Roles | null {
    const image = this.#image();
    if (!image) return null;
    const used = new Set(image.kind === 'pixels' ? image.columns : [image.column]);
    const side = this.#names.findIndex((name, i) => SIDE_NAME.test(name) && this.#share(i, 'sides') > MOST);
    const free = [...this.#names.keys()].filter((i) => !used.has(i) && i !== side);
    const candidates = free.filter(
      (i) =>
        this.#counts[i].rows > 0 &&
        this.#share(i, 'long') < MOST &&
        this.#counts[i].files < this.#counts[i].rows * MOST,
    );
    const label = this.#label(candidates, wanted);
    const flags = label === null ? candidates.filter((i) => this.#share(i, 'flags') === 1) : [];
    const classOf = label !== null ? labelIn(label) : flags.length > 1 ? hotIn(flags, this.#names) : () => null;
    return {
      image,
      label: label === null ? null : this.#names[label],
      side: side < 0 ? null : side,
      classOf,
      candidates,
    };
  }

  /** Counts the values of every column that could be labels. */
  tally(cells: readonly string[], { candidates }: Roles): void {
    for (const i of candidates)
      if (cells[i] !== '' && cells[i].length <= MAX_LABEL) this.#tallies[i].add(cells[i].trim());
  }

  candidates({ candidates }: Roles): LabelColumn[] {
    return candidates.map((i) => this.#tallies[i].summary());
  }

  #share(i: number, what: 'files' | 'stems' | 'images' | 'bytes' | 'flags' | 'sides' | 'long'): number {
    const counts = this.#counts[i];
    return counts.rows === 0 ? 0 : counts[what] / counts.rows;
  }

  #image(): ImageRole | null {
    const best = (what: 'files' | 'stems' | 'images') =>
      [...this.#names.keys()]
        .filter((i) => this.#share(i, what) > MOST)
        .sort((a, b) => this.#share(b, what) - this.#share(a, what) || a - b)[0];
    const base64 = best('images');
    if (base64 !== undefined) return { kind: 'base64', column: base64 };
    const file = best('files');
    if (file !== undefined) return { kind: 'file', column: file };
    // class numbers could be bare names of files as well: those of files differ from row to row
    const stems = best('stems');
    if (stems !== undefined && this.#counts[stems].values.size > this.#counts[stems].rows * MOST)
      return { kind: 'file', column: stems };
    const numbers = [...this.#names.keys()].filter(
      (i) => this.#counts[i].rows > 0 && this.#share(i, 'bytes') > MOST && labelRank(this.#names[i]) === NO_LABEL_RANK,
    );
    const columns = pixelShape(numbers.length) ? numbers : numbers.filter((i) => /\d$/.test(this.#names[i]));
    return columns.length >= MIN_PIXELS && pixelShape(columns.length) ? { kind: 'pixels', columns } : null;
  }

  /** The wanted one, the one named like labels, else the only column with repeated values. */
  #label(candidates: readonly number[], wanted: string | null): number | null {
    const asked = candidates.find((i) => this.#names[i] === wanted);
    if (asked !== undefined) return asked;
    const named = [...candidates]
      .filter((i) => labelRank(this.#names[i]) < NO_LABEL_RANK)
      .sort((a, b) => labelRank(this.#names[a]) - labelRank(this.#names[b]) || a - b);
    if (named.length > 0) return named[0];
    const flags = candidates.filter((i) => this.#share(i, 'flags') === 1);
    if (flags.length > 1) return null;
    const repeated = candidates.filter(
      (i) => this.#counts[i].values.size > 1 && this.#counts[i].values.size <= Math.max(2, this.#counts[i].rows / 2),
    );
    return repeated[0] ?? null;
  }
}

function labelIn(column: number): (cells: readonly string[]) => string | null {
  return (cells) => cells[column].trim().slice(0, MAX_LABEL) || null;
}

/** One column per class, 1 in that of the image (Roboflow's _classes.csv). */
function hotIn(columns: readonly number[], names: readonly string[]): (cells: readonly string[]) => string | null {
  return (cells) => {
    const hot = columns.filter((i) => Number(cells[i]) === 1);
    return hot.length === 1 ? names[hot[0]] : null;
  };
}
