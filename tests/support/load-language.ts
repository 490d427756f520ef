import { readLanguage } from '../../src/core/language/load.ts';
import { LANGUAGES } from '../../src/languages/loaders.ts';

/** From now on this thread speaks the language. */
export async function loadLanguage(locale: Parameters<typeof readLanguage>[0]): Promise<void> {
  (await readLanguage(locale, LANGUAGES))();
}
