/** The language of the page: the address, the reader's choice or the browser decides. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { chooseLocale, isLocale, PSEUDO, type Locale } from '../../core/language/locale.ts';
import { newestOnly } from '../../platform/newest-only.ts';
import { remember, remembered, type Keeper } from './keeper.ts';

const KEY = 'copra-language';

export interface LanguageState {
  /** The language that the page speaks. */
  readonly locale: Locale | typeof PSEUDO;
  /** Speaks another one; if it cannot be loaded, the page keeps its language and says so. The last choice counts, whichever is loaded first. */
  readonly choose: (locale: Locale) => Promise<void>;
}

export type LanguageStore = StoreApi<LanguageState>;

/** @param search query of the address @param languages of the browser, first choice first */
export function languageOf(search: string, languages: readonly string[], keeper: Keeper): Locale | typeof PSEUDO {
  const asked = new URLSearchParams(search).get('lang');
  if (asked === PSEUDO) return PSEUDO;
  return chooseLocale(isLocale(asked) ? asked : null, remembered(keeper, KEY), languages);
}

/** An address that names a language names the chosen one from now on; others stay as they are. */
export function addressWithLanguage(
  { pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>,
  locale: Locale,
): string {
  return `${pathname}${search.replace(/([?&]lang=)[^&]*/, `$1${locale}`)}${hash}`;
}

/**
 * @param load reads the texts of a language; resolves to what makes the page speak it, rejects if it cannot be had
 * @param fail tells the reader why the language did not change
 */
export function createLanguageStore(
  locale: LanguageState['locale'],
  load: (locale: Locale) => Promise<() => void>,
  keeper: Keeper,
  fail: (reason: unknown) => void,
): LanguageStore {
  const begin = newestOnly();
  return createStore<LanguageState>((set) => ({
    locale,
    choose: async (chosen) => {
      const isNewest = begin();
      let speak: () => void;
      try {
        speak = await load(chosen);
      } catch (reason) {
        if (isNewest()) fail(reason);
        return;
      }
      if (!isNewest()) return;
      speak();
      remember(keeper, KEY, chosen);
      set({ locale: chosen });
    },
  }));
}
