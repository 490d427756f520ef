/** Sentences whose numbers stay with their units, and formulas in one piece, where lines break. For the page alone: files and comparisons have ordinary spaces. */

const NBSP = '\u00a0';

/** Forbids a break where it stands. */
const JOINER = '\u2060';

/** Where a space joins what belongs together; each matches the space alone. */
const JOINTS = new RegExp(
  [
    // "35.4 %", "1.8 points", "64 kB"
    String.raw`(?<=\d) (?=%|(?:points?|Punkte?n?|[kMG]B)(?!\p{L}))`,
    // "Test accuracy, %"
    String.raw`(?<=,) (?=%)`,
    // "λ = 0", "p ≈ 1", "56.7 ± 0.4"; "images, ± sampling error" begins anew
    String.raw`(?<!,|× [\d.,]+ \p{L}+) (?=[=±×≈≤≥] \S)|(?<=\S\s[=±×≈≤≥]) `,
    // "2 arms × 6 seeds"; a third factor may go to the next line, which may be short
    String.raw`(?<=\d) (?=\p{L}+ ×)|(?<=× [\d.,]+) (?=\p{L})`,
    // "1 : 1"
    String.raw`(?<=\d) (?=: \d)|(?<=\d\s:) (?=\d)`,
    // "56.7 / 54.9 %"
    String.raw`(?<=\d) (?=/ \d)|(?<=\d\s/) (?=\d)`,
    // "CopRA − LoRA"; with its value it would be longer than a line of large letters on a phone
    String.raw`(?<=\p{L}) (?=− \p{L})|(?<=\p{L}\s−) (?=\p{L})`,
    // "(0.2 to 3.4)"
    String.raw`(?<=\([−+]?[\d.,]+) (?=(?:to|bis) [−+]?\d)|(?<=\([−+]?[\d.,]+ (?:to|bis)) (?=[−+]?\d)`,
  ].join('|'),
  'gu',
);

/** Numbers with their units, and formulas, with no-break spaces. */
export const unbrokenUnits = (text: string): string => text.replaceAll(JOINTS, NBSP);

/** "95-%-Intervall" and "3e-3" in one piece. Apart, because it leaves no word as the glossary knows it. */
export const unbrokenHyphens = (text: string): string =>
  text.replaceAll(/(?<=\d)-%-/g, `-${JOINER}%-${JOINER}`).replaceAll(/(?<=\de)-(?=\d)/g, `-${JOINER}`);

/** As it is copied: nothing can read a number with a joiner in it. */
export const withoutJoiners = (text: string): string => text.replaceAll(JOINER, '');

export const unbroken = (text: string): string => unbrokenHyphens(unbrokenUnits(text));
