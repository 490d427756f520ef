/** Lists of numbers as people write them: between commas in English, between semicolons where the comma is the decimal point. */
import { spokenLocale } from '../../core/language/catalogue.ts';
import { withDecimalPoint } from '../../core/number-format.ts';

const separator = (): string => (spokenLocale() === 'de' ? '; ' : ', ');

export const numberListText = (values: readonly number[]): string =>
  values.map((value) => withDecimalPoint(String(value))).join(separator());

/** A comma between two digits. Followed by a space, it separates. */
const INNER_COMMA = /(\d),(?=\d)/g;

/**
 * A comma between digits is a decimal point where the spoken language has it so, and wherever semicolons separate.
 * @returns null when something is no number
 */
export function parseNumberList(text: string): number[] | null {
  const hasDecimalCommas = spokenLocale() === 'de' || text.includes(';');
  const items = (hasDecimalCommas ? text.replace(INNER_COMMA, '$1.') : text).split(/[\s,;]+/).filter(Boolean);
  const values = items.map(Number);
  return values.every(Number.isFinite) ? values : null;
}
