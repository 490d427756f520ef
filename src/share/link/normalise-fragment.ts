/** Fragments of addresses as they arrive. */

/** Undoes the changes that chat programs and mail make to addresses: percent-encoding (once or twice), spaces and punctuation around them. */
export function normaliseFragment(fragment: string): string {
  let text = fragment.trim();
  for (let round = 0; round < 2 && text.includes('%'); round++) {
    try {
      text = decodeURIComponent(text);
    } catch {
      break;
    }
  }
  return text
    .trim()
    .replace(/^#/, '')
    .replace(/[\s.,;:!?)\]}>"'*|]+$/, '');
}
