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
/** Formulas of lessons, which are no text: $…$ and $$…$$. */
const FORMULA = /(\$\$[^$]+\$\$|\$[^$\n]+\$)/;

const accentedText = (text: string): string => [...text].map((letter) => ACCENTED[letter] ?? letter).join('');

/** In pieces as long as words, where lines may break. */
const lengthening = (length: number): string => ('~'.repeat(length).match(/~{1,8}/g) ?? []).join(' ');

/** "Share" → "⟦Šháré~~⟧". An empty text stays empty, and a formula as it is. */
export function pseudoText(text: string): string {
  if (text === '') return '';
  const accented = text
    .split(FORMULA)
    .map((part, i) => (i % 2 === 1 ? part : accentedText(part)))
    .join('');
  return `⟦${accented}${lengthening(Math.ceil(LONGER * text.length))}⟧`;
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
