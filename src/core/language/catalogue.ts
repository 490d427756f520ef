/**
 * Catalogues of texts. An area of the page lists its texts in English in an object, which is also the shape that every other language must have:
 * a language that lacks one does not compile. One language is spoken at a time, by the whole page.
 *
 * A text is read when it is shown, never when a module is loaded: a constant made from a text would stay in the first language.
 */
import { writingOf, type PSEUDO, type Locale, type Writing } from './locale.ts';

/** @returns the texts of an area in another language; null if it has none, then they stay in English. */
type Translation = (area: string, english: object) => object | null;

/** A sentence for people that stays on the page: it is worded whenever it is shown, because another language may be spoken by then. */
export type Said = () => string;

export const said = (sentences: readonly Said[]): string[] => sentences.map((say) => say());

interface Speech {
  readonly locale: Locale | typeof PSEUDO;
  readonly translation: Translation;
}

const ENGLISH: Speech = { locale: 'en', translation: () => null };

let speech: Speech = ENGLISH;

const listeners = new Set<() => void>();

/** Calls the listener whenever another language is spoken. @returns a function that ends this */
export function onSpoken(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function change(to: Speech): void {
  speech = to;
  for (const listener of listeners) listener();
}

/** Speaks another language from now on. What is on the page already must be rendered again. */
export const speak = (locale: Speech['locale'], translation: Translation): void => change({ locale, translation });

export const speakEnglish = (): void => change(ENGLISH);

/** What files hold stays English, whatever the page speaks: its texts and its numbers. @param make synchronous */
export function inEnglish<T>(make: () => T): T {
  const before = speech;
  speech = ENGLISH;
  try {
    return make();
  } finally {
    speech = before;
  }
}

export const spokenLocale = (): Speech['locale'] => speech.locale;

export const spokenWriting = (): Writing => writingOf(speech.locale);

const areas = new Map<string, object>();

/** The English texts of all areas whose modules are loaded. @internal for tests, which look for what is not translated */
export const loadedAreas = (): ReadonlyMap<string, object> => areas;

/**
 * The texts of one area, each in the language that is spoken when it is read.
 * @param area a name of its own, under which other languages export their texts
 * @throws if another catalogue has that name
 */
// Bundles leave out a catalogue that nothing in them reads.
/* #__NO_SIDE_EFFECTS__ */
export function catalogue<T extends object>(area: string, english: T): T {
  if (areas.has(area)) throw new Error(`Two catalogues are called “${area}”.`);
  areas.set(area, english);
  return new Proxy(english, {
    get: (target, key) => Reflect.get(speech.translation(area, english) ?? target, key) as unknown,
  });
}
