/** Paths of dropped files and archive members: cleaning, judging and ordering them. */

import type { Side } from '../bundled/concept-split.ts';

/** Endings of what may be decoded; FILE_WORDS.imageKinds says in words what every browser decodes, which HEIC is not. */
export const IMAGE_ENDINGS: readonly string[] = [
  ...['jpg', 'jpeg', 'jfif', 'png', 'webp', 'gif', 'bmp', 'avif', 'svg'],
  ...['heic', 'heif'],
];
const IMAGE = new RegExp(`\\.(${IMAGE_ENDINGS.join('|')})$`, 'i');
/** Names of what operating systems leave behind, in small letters. */
export const LITTER: readonly string[] = ['__macosx', 'thumbs.db', 'desktop.ini'];
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });

/** Forward slashes, composed accents (NFC; macOS stores them decomposed), no empty and no "." segments. */
export function segmentsOf(path: string): string[] {
  return path
    .normalize('NFC')
    .replaceAll('\\', '/')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
}

/** Absolute, with a drive letter, climbing out by "..", or with control characters: no legitimate file has such a name. */
export function isHostile(path: string): boolean {
  const slashed = path.replaceAll('\\', '/');
  const control = [...slashed].some((character) => character.charCodeAt(0) < 32);
  return slashed.startsWith('/') || /^[a-z]:/i.test(slashed) || slashed.split('/').includes('..') || control;
}

/** What operating systems leave behind. */
export const isLeftBehind = (segment: string): boolean => LITTER.includes(segment.toLowerCase());

/** Files that operating systems leave behind, and everything hidden. */
export function isLitter(segments: readonly string[]): boolean {
  return segments.some((segment) => segment.startsWith('.') || isLeftBehind(segment));
}

const COMPANION =
  /^(read[-_ ]?me|licen[cs]es?|copying|copyright|notice|citation|authors|contributors|credits|attributions?|changes|changelog|terms([-_ ]of[-_ ]use)?|dataset[-_ ]?(card|infos?))([._-].*)?$/i;
const DOCUMENT = /(^[^.]*|\.(md|txt|rst|rtf|pdf|docx?|html?|cff|bib|json|ya?ml))$/i;

/** Companion files that describe a data set: README, LICENSE and the like. */
export function isCompanion(name: string): boolean {
  return COMPANION.test(name) && DOCUMENT.test(name);
}

/** By the ending of its name. */
export function isImage(name: string): boolean {
  return IMAGE.test(name);
}

/** "img2" before "img10"; equal under the collator, then by code unit, so that the order is total. */
export function naturalOrder(a: string, b: string): number {
  return plainOrder(a, b) ?? slowOrder(a, b);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isSmall = (code: number): boolean => code >= 97 && code <= 122;

/**
 * The collator's order for names that first differ in a lower-case letter or in a number, as almost all do; null for others. Sorting tens
 * of thousands of paths with the collator alone takes seconds.
 */
function plainOrder(a: string, b: string): number | null {
  let i = 0;
  while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) {
    if (a.charCodeAt(i) > 126) return null;
    i++;
  }
  const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
  if (isSmall(x) && isSmall(y)) return x - y;
  if (!isDigit(x) || !isDigit(y)) return null;
  let start = i;
  while (start > 0 && isDigit(a.charCodeAt(start - 1))) start--;
  const run = (text: string) => {
    let end = i;
    while (isDigit(text.charCodeAt(end))) end++;
    return end;
  };
  const [endA, endB] = [run(a), run(b)];
  if (a[start] === '0' || b[start] === '0') return endA === endB ? x - y : null; // equally long, zeros change nothing
  return endA - endB || x - y;
}

function slowOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

const SIDES: readonly (readonly [Side, string])[] = [
  ['train', 'train(ing)?'],
  ['validation', 'val(id(ation)?)?|dev'],
  ['test', 'test(ing)?|t10k|eval(uation)?|hold[-_ ]?out'],
];
const exactly = SIDES.map(([side, words]) => [side, new RegExp(`^(${words})([-_ ]?(set|data|split))?$`, 'i')] as const);
/** Words between what is no letter; the first group is what lies before them. */
const asWord = (words: string): RegExp => new RegExp(`(^|[^a-z])(${words})(set|data)?([^a-z]|$)`, 'i');
const within = SIDES.map(([side, words]) => [side, asWord(words)] as const);
const anywhere = asWord(SIDES.map(([, words]) => words).join('|'));

/** "PublicTest" → "Public Test" */
const spaced = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2');

/** "train", "val", "Testing", "test_set"; undefined for any other name. */
export function sideNamed(name: string): Side | undefined {
  return exactly.find(([, pattern]) => pattern.test(name.trim()))?.[0];
}

/** The split in a longer name: "seg_train", "PublicTest", "x_test.npy"; null where there is none, or more than one. */
export function sideWithin(name: string): Side | null {
  const words = spaced(name);
  const found = within.filter(([, pattern]) => pattern.test(words));
  return found.length === 1 ? found[0][0] : null;
}

/** The split that a folder or a cell names, alone or in a longer name. */
export const sideOf = (name: string): Side | null => sideNamed(name) ?? sideWithin(name);

/** The split given by the name of a file that holds many images: "train-00000-of-00002.parquet", "x_test.npy"; folders count if the name itself gives none. */
export function sideIn(path: string): Side | null {
  for (const segment of segmentsOf(path).reverse()) {
    const side = sideWithin(segment);
    if (side) return side;
  }
  return null;
}

/**
 * Whether names are those of splits, of which each may be stored in several parts: they differ in the split and in numbers only, as "seg_train"
 * and "seg_test" or "train-000" and "train-001" do. "steam train" and "test tube" do not.
 */
export function areSplits(names: readonly string[]): boolean {
  if (names.length === 0) return false;
  const families = new Set(names.map((name) => withoutSide(name).replace(/\d+/g, '').toLowerCase()));
  return names.every((name) => sideNamed(name)) || (names.every(sideWithin) && families.size === 1);
}

/** A name without the split in it: "y_validation" → "y", "train_labels" → "labels". Empty where it names a split only. */
export function withoutSide(name: string): string {
  const words = spaced(name);
  return (anywhere.test(words) ? words.replace(anywhere, '$1') : name).replace(/^[-_. ]+|[-_. ]+$/g, '');
}

/** The name of a file without folders and extensions: "data/pets.tar.gz" → "pets". */
export function stemOf(path: string): string {
  return (segmentsOf(path).at(-1) ?? '').replace(/(\.tar)?\.[^.]*$/, '');
}
