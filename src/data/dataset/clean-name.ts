/** Names of classes and domains as they are shown. */
import { MAX_CLASS_NAME } from '../files/limits.ts';

/** What joins letters (Persian, Hindi) and pictures, and the tags that tell the flags of England, Scotland and Wales apart. */
const JOINS = String.raw`\u200c\u200d\u{e0020}-\u{e007f}`;
const UNSEEN = new RegExp(String.raw`(?:[\p{Cc}\p{Cs}\s]|(?![${JOINS}])\p{Cf})+`, 'gu');
const ENDS = /^[\s\u200c\u200d]+|[\s\u200c\u200d]+$/g;

/** Composed accents, no control characters, single spaces. */
const visibleName = (name: string): string => name.normalize('NFC').replace(UNSEEN, ' ').replace(ENDS, '');

const cut = (name: string, most = MAX_CLASS_NAME): string =>
  name.length > most ? Array.from(name).slice(0, most).join('').trimEnd() : name;

/** As it is seen, with no more than MAX_CLASS_NAME characters. */
export const cleanName = (name: string): string => cut(visibleName(name));

/** Cleans the names of a data set. Those that differ only where they are cut are numbered, so that they stay apart. */
export function nameCleaner(): (name: string) => string {
  const cleaned = new Map<string, string>();
  const taken = new Set<string>();
  const free = (visible: string): string => {
    let name = cut(visible);
    for (let number = 2; taken.has(name); number++) {
      const ending = ` (${number})`;
      name = cut(visible, MAX_CLASS_NAME - ending.length) + ending;
    }
    taken.add(name);
    return name;
  };
  const known = new Map<string, string>();
  return (name) => {
    let clean = known.get(name);
    if (clean !== undefined) return clean;
    const visible = visibleName(name);
    clean = cleaned.get(visible) ?? free(visible);
    cleaned.set(visible, clean);
    known.set(name, clean);
    return clean;
  };
}
