/** Words between the items of a list, in German. */
import type { LIST_WORDS } from './messages.ts';

export const LIST_WORDS_DE: typeof LIST_WORDS = { and: 'und', or: 'oder' };
