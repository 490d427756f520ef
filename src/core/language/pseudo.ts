/** The pseudo-language: every text of a catalogue marked, accented and lengthened, whatever its shape. */

const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  e: 'é',
  g: 'ğ',
  i: 'í',
  l: 'ł',
  n: 'ñ',
  o: 'ö',
  s: 'š',
  u: 'ü',
  y: 'ý',
  z: 'ž',
  A: 'Å',
  C: 'Ç',
  E: 'É',
  I: 'Î',
  N: 'Ñ',
  O: 'Ø',
  S: 'Š',
  U: 'Ů',
};

/** German takes about a third more room than English. */
const LONGER = 0.3;
/** Letters that are added in one piece: longer texts may break in between, as words do. */
const PIECE = 8;

function padding(length: number): string {
  const pieces = Array.from({ length: Math.ceil(length / PIECE) }, (_, i) => Math.min(PIECE, length - i * PIECE));
  return pieces.map((letters) => '~'.repeat(letters)).join(' ');
}

/** "Share" → "⟦Šháré~~⟧". An empty text stays empty. */
export function pseudoText(text: string): string {
  if (text === '') return '';
  const accented = [...text].map((letter) => ACCENTED[letter] ?? letter).join('');
  return `⟦${accented}${padding(Math.ceil(LONGER * text.length))}⟧`;
}

/** A value of a catalogue, with every text in it changed; functions give changed texts. */
export function pseudo(value: unknown): unknown {
  if (typeof value === 'string') return pseudoText(value);
  if (typeof value === 'function')
    return (...values: unknown[]): unknown => pseudo(Reflect.apply(value, undefined, values));
  if (Array.isArray(value)) return value.map(pseudo);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, pseudo(part)]));
  return value;
}
