/** Words between the items of a list, of memory, and of code that cannot be had, in German. */
import type { CODE_WORDS, LIST_WORDS, MEMORY_WORDS } from './messages.ts';

export const lists: typeof LIST_WORDS = { and: 'und', or: 'oder' };

export const memory: typeof MEMORY_WORDS = {
  none: (why) =>
    `Der Arbeitsspeicher reicht nicht (${why}). Schließe andere Tabs und Programme, oder nimm weniger oder kleinere Bilder, weniger Läufe oder ein kleineres Backbone.`,
};

export const code: typeof CODE_WORDS = {
  missing:
    'Ein Teil dieser Seite ließ sich nicht laden: Es gibt keine Verbindung, oder der Server hat inzwischen eine neuere Version. Versuch es noch einmal oder lade die Seite neu.',
};
