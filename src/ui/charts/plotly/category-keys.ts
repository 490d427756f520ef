/**
 * Names Plotly's categories: each name, followed by its index in characters that nobody sees. Plotly merges equal categories, and takes a number on
 * their axis for the category of that name before it takes it for a place: among layers called 1, 2, 3, it would write the name of place 1 at layer 1.
 */
const DIGITS = ['\u200b', '\u200c'] as const;

/** As many digits for every name, so that no end of a name is taken for one of them. */
export function categoryKeys(names: readonly string[]): string[] {
  const digits = (names.length - 1).toString(2).length;
  return names.map((name, index) => {
    const places = index.toString(2).padStart(digits, '0');
    return name + Array.from(places, (digit) => DIGITS[Number(digit)]).join('');
  });
}
