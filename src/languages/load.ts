/** Loads a language. English ships with the page; every other one is a chunk of its own. */
import { speak, speakEnglish } from '../core/language/catalogue.ts';
import { PSEUDO, type Locale } from '../core/language/locale.ts';

const LOADERS: Readonly<Record<Exclude<Locale, 'en'>, () => Promise<object>>> = {
  de: async () => (await import('./de.ts')).DE,
};

/** A pseudo-language is made of the English texts when they are read; each area once. */
async function speakPseudo(): Promise<void> {
  const { pseudo } = await import('../core/language/pseudo.ts');
  const made = new Map<string, object>();
  speak(PSEUDO, (area, english) => {
    const known = made.get(area) ?? (pseudo({ ...english }) as object);
    made.set(area, known);
    return known;
  });
}

/**
 * From now on the page speaks this language.
 * @throws if its chunk cannot be loaded; the language stays as it was
 */
export async function loadLanguage(locale: Locale | typeof PSEUDO): Promise<void> {
  if (locale === 'en') return speakEnglish();
  if (locale === PSEUDO) return speakPseudo();
  const areas: Readonly<Record<string, object>> = { ...(await LOADERS[locale]()) };
  speak(locale, (area) => areas[area] ?? null);
}
