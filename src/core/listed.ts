/** Items in a sentence, in the spoken language. */
import { LIST_WORDS } from './messages.ts';

const joined = (items: readonly string[], word: string): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items[items.length - 1]}`;

/** "a", "a and b", "a, b and c" */
export const listed = (items: readonly string[]): string => joined(items, LIST_WORDS.and);

/** "a", "a or b", "a, b or c" */
export const either = (items: readonly string[]): string => joined(items, LIST_WORDS.or);
