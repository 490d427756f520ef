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
