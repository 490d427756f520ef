/** The languages of the lessons' controls, and which one a reader gets. */
import { en, type Messages } from './en.ts';

export { en, type Messages } from './en.ts';

export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/** Languages by their own names. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', de: 'Deutsch' };

/** English comes with the page, other languages when they are spoken. */
export const messagesFor = async (locale: Locale): Promise<Messages> =>
  locale === 'en' ? en : (await import('./de.ts')).de;

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
