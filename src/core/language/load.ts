/** Languages whose texts are loaded on demand. */
import { speak, speakEnglish } from './catalogue.ts';
import { PSEUDO, type Locale } from './locale.ts';

/** The texts of every language but English: area → texts. */
export type LanguageLoaders = Readonly<Record<Exclude<Locale, 'en'>, () => Promise<object>>>;

/** A pseudo-language is made of the English texts when they are read; each area once. */
async function readPseudo(): Promise<() => void> {
  const { pseudo } = await import('./pseudo.ts');
  const made = new Map<string, object>();
  return () =>
    speak(PSEUDO, (area, english) => {
      const known = made.get(area) ?? (pseudo({ ...english }) as object);
      made.set(area, known);
      return known;
    });
}

/**
 * Reads the texts of a language. @returns what makes this thread speak it
 * @throws if its texts cannot be loaded
 */
export async function readLanguage(locale: Locale | typeof PSEUDO, loaders: LanguageLoaders): Promise<() => void> {
  if (locale === 'en') return speakEnglish;
  if (locale === PSEUDO) return readPseudo();
  const areas: Readonly<Record<string, object>> = { ...(await loaders[locale]()) };
  return () => speak(locale, (area) => areas[area] ?? null);
}
