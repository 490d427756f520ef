/**
 * Names that another hand may have written. Characters that end a line, steer a terminal or turn the direction of what follows are no part of a name. Joiners
 * and variation selectors stay: emoji and some scripts are made of them.
 */
const STEERING = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu;

export const isOneLine = (text: string): boolean => text.search(STEERING) < 0;

/** The text without such characters; a blank stands for the end of a line. */
export const oneLine = (text: string): string => text.replace(STEERING, (found) => (/\s/.test(found) ? ' ' : ''));

/** Every line of a text as one line: what a terminal may print. */
export const printable = (text: string): string => text.split('\n').map(oneLine).join('\n');
