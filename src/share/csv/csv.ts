/**
 * Tables as CSV (RFC 4180: commas, CRLF, quotes doubled). Result tables have one observation per row, in full precision: accuracies are shares of images,
 * losses are in nats.
 */
export type Cell = string | number | null;

/**
 * Where a spreadsheet may begin a cell that it runs as a formula: at the start of a text, and behind a semicolon, a tab or the end of a line, at which
 * spreadsheets of other countries part cells, within quotes too. Some read full-width signs as the usual ones.
 */
const FORMULA = /^(?=[\t\r])|(?<=^|[;\t\r\n])(?=[\s"]*[=+\-@＝＋－＠])/g;

/** An apostrophe before it keeps it text. */
const disarm = (text: string): string => text.replace(FORMULA, "'");

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = disarm(cell);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @returns the table with its header, every row ended by CRLF */
export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}
