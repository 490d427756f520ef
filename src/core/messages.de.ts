/** Words between the items of a list, in German. */
import type { LIST_WORDS } from './messages.ts';

export const lists: typeof LIST_WORDS = { and: 'und', or: 'oder' };
