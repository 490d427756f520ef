/** Paths of dropped files and archive members: cleaning, judging and ordering them. */

const IMAGE = /\.(jpe?g|jfif|png|webp|gif|bmp|avif)$/i;
const LITTER = new Set(['__macosx', 'thumbs.db', 'desktop.ini']);
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });

/** Forward slashes, composed accents (NFC; macOS stores them decomposed), no empty and no "." segments. */
export function segmentsOf(path: string): string[] {
  return path
    .normalize('NFC')
    .replaceAll('\\', '/')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
}

/** Absolute, with a drive letter, climbing out by "..", or with control characters: nothing honest is named so. */
export function isHostile(path: string): boolean {
  const slashed = path.replaceAll('\\', '/');
  const control = [...slashed].some((character) => character.charCodeAt(0) < 32);
  return slashed.startsWith('/') || /^[a-z]:/i.test(slashed) || slashed.split('/').includes('..') || control;
}

/** Files that operating systems leave behind, and everything hidden. */
export function isLitter(segments: readonly string[]): boolean {
  return segments.some((segment) => segment.startsWith('.') || LITTER.has(segment.toLowerCase()));
}

export function isImage(name: string): boolean {
  return IMAGE.test(name);
}

/** "img2" before "img10"; equal under the collator, then by code unit, so that the order is total. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
