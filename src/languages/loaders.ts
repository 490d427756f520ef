/** The languages of the page. English ships with it; every other one is a chunk of its own. */
import type { LanguageLoaders } from '../core/language/load.ts';

export const LANGUAGES: LanguageLoaders = {
  de: async () => (await import('./de.ts')).DE,
};
