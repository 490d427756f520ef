/** The languages of the lessons' controls, and the choice of a reader's language. */
import { en, type Messages } from './en.ts';

export { en, type Messages } from './en.ts';

export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language by its own name. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', de: 'Deutsch' };

/** English ships with the page; other languages load on demand. */
export const messagesFor = async (locale: Locale): Promise<Messages> =>
  locale === 'en' ? en : (await import('./de.ts')).de;

/** The language that the address requests, else the first available one of the browser's languages, else English. */
export function chooseLocale(asked: Locale | null, browser: readonly string[]): Locale {
  if (asked) return asked;
  for (const tag of browser) {
    const language = tag.toLowerCase().split('-')[0];
    const locale = LOCALES.find((candidate) => candidate === language);
    if (locale) return locale;
  }
  return 'en';
}
