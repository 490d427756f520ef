/** The languages of the lessons' controls, and which one a reader gets. */
import { de } from './de.ts';
import { en, type Messages } from './en.ts';

export type { Messages } from './en.ts';

export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

const CATALOGUE: Readonly<Record<Locale, Messages>> = { en, de };

/** Languages by their own names. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', de: 'Deutsch' };

export const messagesFor = (locale: Locale): Messages => CATALOGUE[locale];

/** What the address asks for, else the first of the browser's languages that there is, else English. */
export function chooseLocale(asked: Locale | null, browser: readonly string[]): Locale {
  if (asked) return asked;
  for (const tag of browser) {
    const language = tag.toLowerCase().split('-')[0];
    const locale = LOCALES.find((candidate) => candidate === language);
    if (locale) return locale;
  }
  return 'en';
}
