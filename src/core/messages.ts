/** Words between the items of a list, of memory, and of code that cannot be had. */
import { catalogue } from './language/catalogue.ts';

export const LIST_WORDS = catalogue('lists', { and: 'and', or: 'or' });

export const MEMORY_WORDS = catalogue('memory', {
  /** @param why in the browser's words */
  none: (why: string) =>
    `There is not enough memory (${why}). Close other tabs and programs, or use fewer or smaller images, fewer runs or a smaller backbone.`,
});

export const CODE_WORDS = catalogue('code', {
  missing:
    'A part of this page could not be loaded: there is no connection, or the host has a newer version by now. Try again, or load the page anew.',
});
