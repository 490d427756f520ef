/** Words between the items of a list, and of memory. */
import { catalogue } from './language/catalogue.ts';

export const LIST_WORDS = catalogue('lists', { and: 'and', or: 'or' });

export const MEMORY_WORDS = catalogue('memory', {
  /** @param why in the browser's words */
  none: (why: string) =>
    `There is not enough memory (${why}). Close other tabs and programs, or use fewer or smaller images, fewer runs or a smaller backbone.`,
});
