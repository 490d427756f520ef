/** Words between the items of a list, and of memory, in German. */
import type { LIST_WORDS, MEMORY_WORDS } from './messages.ts';

export const lists: typeof LIST_WORDS = { and: 'und', or: 'oder' };

export const memory: typeof MEMORY_WORDS = {
  none: (why) =>
    `Der Arbeitsspeicher reicht nicht (${why}). Schließe andere Tabs und Programme, oder nimm weniger oder kleinere Bilder, weniger Läufe oder ein kleineres Backbone.`,
};
