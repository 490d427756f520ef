/**
 * Tables as CSV (RFC 4180: commas, CRLF, quotes doubled). Result tables have one observation per row, in full precision: accuracies are shares of images,
 * losses are in nats.
 */
export type Cell = string | number | null;

/** Spreadsheets run text that starts like a formula; a leading apostrophe keeps it text. */
const disarm = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = disarm(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}
