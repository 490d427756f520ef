/** Finds the words of the glossary in the texts of the page. */
import { spokenLocale } from '../../core/language/catalogue.ts';
import { GLOSSARY, type TermId } from './terms/messages.ts';

const IDS = Object.keys(GLOSSARY) as TermId[];

/** Words only behind a number: other points are places in a figure. */
const UNITS: ReadonlySet<TermId> = new Set(['points']);

/** Spaces may be no-break spaces. */
const SPACE = '[ \\u00a0]';

/** What finds a form. */
function patternOf(form: string, id: TermId): string {
  const plain = form.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', SPACE);
  return UNITS.has(id) ? `(?<=\\d${SPACE})${plain}` : plain;
}

interface Finder {
  /** Every form, in lower case, with its term. */
  readonly terms: ReadonlyMap<string, TermId>;
  readonly pattern: RegExp;
}

/** Longer forms first: "gain kept" before "gain". */
function newFinder(): Finder {
  const terms = new Map(
    IDS.flatMap((id) => GLOSSARY[id].forms.split(', ').map((form) => [form.toLowerCase(), id] as const)),
  );
  const forms = [...terms].toSorted(([a], [b]) => b.length - a.length).map(([form, id]) => patternOf(form, id));
  return { terms, pattern: new RegExp(`(?<![\\p{L}\\p{N}‖])(?:${forms.join('|')})(?![\\p{L}\\p{N}‖])`, 'giu') };
}

/** One for each language that was spoken. */
const finders = new Map<string, Finder>();

function spokenFinder(): Finder {
  const locale = spokenLocale();
  const known = finders.get(locale) ?? newFinder();
  finders.set(locale, known);
  return known;
}

/** A piece of a text; `term` where it is a word of the glossary. */
interface Piece {
  readonly text: string;
  readonly term: TermId | null;
}

/**
 * Cuts a text at the words of the glossary. The pieces joined are the text.
 * @param known terms that need no explanation any more, because they occurred before; those found are added
 */
export function glossed(text: string, known: Set<TermId>): Piece[] {
  const { terms, pattern } = spokenFinder();
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [found] = match;
    const term = terms.get(found.replaceAll('\u00a0', ' ').toLowerCase());
    if (term === undefined || known.has(term)) continue;
    known.add(term);
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), term: null });
    pieces.push({ text: found, term });
    end = match.index + found.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), term: null });
  return pieces;
}
