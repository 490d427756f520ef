/**
 * The widget library ships its few strings ("Increase", "Dismiss") in thirty languages, all in the first script. The page keeps
 * those of its own; readers of other languages get English, like the rest of the page.
 */
import type { Plugin } from 'vite';
import { LOCALES, writingOf } from '../src/core/language/locale.ts';

const WORDS = /\/react-(?:aria|aria-components|stately)\/dist\/private\/intl\/.+\/([a-z]{2}-[A-Z]{2})\.mjs$/;
const SPOKEN = new Set(['en-US', ...LOCALES.map((locale) => writingOf(locale).tag)]);

export const spokenLocales: Plugin = {
  name: 'copra:spoken-locales',
  enforce: 'pre',
  load: (id) => {
    const locale = WORDS.exec(id)?.[1];
    return locale === undefined || SPOKEN.has(locale) ? null : "export { default } from './en-US.mjs';";
  },
};
