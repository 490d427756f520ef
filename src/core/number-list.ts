/** Lists of numbers as people write them: between commas, or between semicolons where the comma is the decimal point. */
import { spokenWriting } from './language/catalogue.ts';
import { withDecimalPoint } from './number-format.ts';

/** One line of numbers written with a decimal point, and of names. */
export const listText = (items: readonly string[]): string =>
  items.map(withDecimalPoint).join(spokenWriting().separator);

export const numberListText = (values: readonly number[]): string => listText(values.map(String));

/** A comma between two digits. Followed by a space, it separates. */
const INNER_COMMA = /(\d),(?=\d)/g;

/** The items of a list, numbers with a decimal point. A comma between digits is one where the spoken language has it so, and wherever semicolons separate. */
export function listItems(text: string): string[] {
  const hasDecimalCommas = spokenWriting().decimal === ',' || text.includes(';');
  return (hasDecimalCommas ? text.replace(INNER_COMMA, '$1.') : text).split(/[\s,;]+/).filter(Boolean);
}

/** @returns null when something is no number */
export function parseNumberList(text: string): number[] | null {
  const values = listItems(text).map(Number);
  return values.every(Number.isFinite) ? values : null;
}
