/**
 * Names that another hand may have written. Characters that end a line, steer a terminal or turn the direction of all that follows (embeddings, overrides,
 * isolates) are no part of a name. Joiners, variation selectors and the marks of direction stay: emoji and some scripts are made of them, and a mark turns
 * nothing but the blanks and points beside it.
 */
const STEERING = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;

/** The text without such characters; a blank stands for the end of a line. */
export const oneLine = (text: string): string => text.replace(STEERING, (found) => (/\s/.test(found) ? ' ' : ''));

/** Every line of a text as one line: what a terminal may print. */
export const printable = (text: string): string => text.split('\n').map(oneLine).join('\n');
