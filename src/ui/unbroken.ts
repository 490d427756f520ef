/** Sentences whose numbers stay with their units where lines break. For the page alone: files and comparisons have ordinary spaces. */

const NBSP = '\u00a0';

/** Forbids a break where it stands. */
const JOINER = '\u2060';

/** "35.4 %", "1.8 points" and "± 0.4" with no-break spaces. */
export const unbrokenUnits = (text: string): string =>
  text.replaceAll(/(?<=\d) (?=%|(?:points?|Punkte?n?)(?!\p{L}))/gu, NBSP).replaceAll(/(?<=±) (?=\d)/g, NBSP);

/** "95-%-Intervall" in one piece. Apart, because it leaves no word as the glossary knows it. */
export const unbrokenHyphens = (text: string): string => text.replaceAll(/(?<=\d)-%-/g, `-${JOINER}%-${JOINER}`);

export const unbroken = (text: string): string => unbrokenHyphens(unbrokenUnits(text));
