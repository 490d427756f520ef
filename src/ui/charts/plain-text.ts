/**
 * Plotly reads a little HTML in names (bold, links) and %{…} in hover texts. Names come from links and files of anyone, so they are
 * escaped and shown as they are.
 */
export const plainText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('%{', '%\u200b{');

/** A name in lines of at most so many characters, broken between words; what a line cannot hold ends in an ellipsis. */
export function nameLines(text: string, characters: number): string[] {
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= characters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => (line.length > characters ? `${line.slice(0, characters - 1)}…` : line));
}
