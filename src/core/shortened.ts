/** Longer texts are nothing that people read in a message: files and addresses from outside can hold megabytes in one word. */
const LONGEST = 2000;

/** The text, or its beginning. @param most characters */
export const shortened = (text: string, most = LONGEST): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;
