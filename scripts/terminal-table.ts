/** Tables for a terminal. One that is wider comes in parts below each other, each with the names of the rows. */
import { oneLine } from '../src/core/one-line.ts';

export interface TextTable {
  readonly heads: readonly string[];
  /** Columns that hold numbers: they end at one place. */
  readonly numeric: readonly boolean[];
  readonly lines: readonly (readonly string[])[];
}

const GAP = '  ';
/** Of what is no terminal, too: a file is read in one later. */
const USUAL_WIDTH = 80;
/** Of the width, that names of rows take where the columns leave no more: longer ones go on in the next line. */
const NAMES_SHARE = 0.4;
/** Heads of columns are broken into lines of this length, unless what is below them is longer. */
const HEAD_WIDTH = 16;

const graphemes = new Intl.Segmenter('en');
/** Emoji, and what East Asian typography sets in squares. */
const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

const signsOf = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);

/** Columns of a terminal. */
const widthOf = (text: string): number => signsOf(text).reduce((sum, sign) => sum + (WIDE.test(sign) ? 2 : 1), 0);

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));

/** The text in lines of this width, broken between words, and within those that are longer. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  const add = (piece: string, between: string): void => {
    const longer = line === '' ? piece : line + between + piece;
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line);
      line = piece;
    } else line = longer;
  };
  for (const word of text.split(' ')) {
    if (widthOf(word) <= width) add(word, ' ');
    else signsOf(word).forEach((sign, i) => add(sign, i === 0 ? ' ' : ''));
  }
  return [...lines, line];
}

/** A column as it is written: every cell in lines of one width. */
interface Column {
  readonly width: number;
  readonly isNumeric: boolean;
  readonly head: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

function columnOf(head: string, texts: readonly string[], isNumeric: boolean, room: number, headRoom: number): Column {
  const cells = texts.map((text) => wrapped(oneLine(text), room));
  const below = widest(cells.flat());
  const lines = wrapped(oneLine(head), Math.min(room, Math.max(below, headRoom)));
  return { width: Math.max(below, widest(lines)), isNumeric, head: lines, cells };
}

function padded(text: string, { width, isNumeric }: Column): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return isNumeric ? blanks + text : text + blanks;
}

/** A row, or the heads, in as many lines as its longest cell has. */
const rowOf = (columns: readonly Column[], cellOf: (column: Column) => readonly string[]): string[] =>
  Array.from({ length: Math.max(...columns.map((column) => cellOf(column).length)) }, (_, n) =>
    columns
      .map((column) => padded(cellOf(column).at(n) ?? '', column))
      .join(GAP)
      .trimEnd(),
  );

/** The columns, in groups that fit beside the first one. */
function groupsOf(columns: readonly Column[], room: number): Column[][] {
  const groups: Column[][] = [[]];
  let taken = 0;
  for (const column of columns) {
    const wide = GAP.length + column.width;
    if (taken > 0 && taken + wide > room) {
      groups.push([]);
      taken = 0;
    }
    groups.at(-1)?.push(column);
    taken += wide;
  }
  return groups;
}

export function terminalTable({ heads, numeric, lines }: TextTable, width: number): string {
  const column = (c: number, room: number, headRoom: number): Column =>
    columnOf(
      heads[c],
      lines.map((line) => line[c]),
      numeric[c],
      room,
      headRoom,
    );
  const kept = Math.floor(NAMES_SHARE * width);
  const columns = heads.slice(1).map((_, i) => column(i + 1, width - kept - GAP.length, HEAD_WIDTH));
  const left = columns.reduce((room, each) => room - GAP.length - each.width, width);
  const room = Math.max(kept, left);
  const names = column(0, room, room);
  const parts = groupsOf(columns, width - names.width).map((group) => {
    const all = [names, ...group];
    const rule = all.map((each) => '─'.repeat(each.width)).join(GAP);
    return [
      ...rowOf(all, ({ head }) => head),
      rule,
      ...lines.flatMap((_, row) => rowOf(all, ({ cells }) => cells[row])),
    ].join('\n');
  });
  return parts.join('\n\n');
}

export const printTable = (table: TextTable): void =>
  console.log(terminalTable(table, process.stdout.columns ?? USUAL_WIDTH));

/** A table that is filled cell by cell. Rows and columns stand in the order in which they are first named. */
export class CellTable {
  private readonly rows = new Map<string, Map<string, string>>();

  /** @param corner what the names of the rows are */
  constructor(private readonly corner: string) {}

  /** Whether nothing stands in its cells. */
  get isEmpty(): boolean {
    return [...this.rows.values()].every((cells) => [...cells.values()].every((text) => text === ''));
  }

  set(row: string, column: string, text: string): void {
    const cells = this.rows.get(row) ?? new Map<string, string>();
    this.rows.set(row, cells.set(column, text));
  }

  print(): void {
    const columns = [...new Set([...this.rows.values()].flatMap((cells) => [...cells.keys()]))];
    printTable({
      heads: [this.corner, ...columns],
      numeric: [false, ...columns.map(() => true)],
      lines: [...this.rows].map(([name, cells]) => [name, ...columns.map((column) => cells.get(column) ?? '')]),
    });
  }
}
