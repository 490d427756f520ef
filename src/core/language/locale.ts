/** The languages of the page, and the choice of a reader's language. */

export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/** How people of a language write. */
export interface Writing {
  /** BCP 47, of the region whose rules dates and numbers follow. */
  readonly tag: string;
  readonly decimal: '.' | ',';
  readonly thousands: '.' | ',';
  /** Between numbers in a list. */
  readonly separator: string;
  /** Whether a label begins as it is within a sentence, as nouns do in German. */
  readonly keepsCapitals: boolean;
}

const WRITING: Readonly<Record<Locale, Writing>> = {
  en: { tag: 'en-GB', decimal: '.', thousands: ',', separator: ', ', keepsCapitals: false },
  de: { tag: 'de-DE', decimal: ',', thousands: '.', separator: '; ', keepsCapitals: true },
};

/** Each language by its own name. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', de: 'Deutsch' };

/**
 * A language that nobody speaks (BCP 47 reserves qps for such tests): English with accents, brackets and more length. It shows every text that is in
 * no catalogue, and every layout that fits English only. Reached by the address alone.
 */
export const PSEUDO = 'qps';

/** The pseudo-language is written as English is. */
export const writingOf = (locale: Locale | typeof PSEUDO): Writing => WRITING[locale === PSEUDO ? 'en' : locale];

export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value);

/** The language that the address requests, else the one the reader chose before, else the first available one of the browser's, else English. */
export function chooseLocale(asked: Locale | null, chosen: string | null, browser: readonly string[]): Locale {
  if (asked) return asked;
  if (isLocale(chosen)) return chosen;
  for (const tag of browser) {
    const language = tag.toLowerCase().split('-')[0];
    const locale = LOCALES.find((candidate) => candidate === language);
    if (locale) return locale;
  }
  return 'en';
}
