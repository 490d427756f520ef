/** Results in the fragment of an address. Loaded when one is opened or shared: most visits do neither. */
import { configToQuery } from '../share/config-query.ts';
import { decodeResultLink, encodeResultLink, GOOD_LENGTH, leftOutNotes, MAX_LENGTH } from '../share/result-link.ts';
import type { StudyResult } from '../study/result.ts';
import { holdsResult } from './url.ts';

export type OpenedLink =
  | { readonly kind: 'none' }
  /** Notes tell what the link leaves out. */
  | { readonly kind: 'result'; readonly result: StudyResult; readonly notes: readonly string[] }
  /** A result whose message says what is wrong with the link and which parts of it did not arrive. */
  | {
      readonly kind: 'damaged';
      readonly result: StudyResult;
      readonly notes: readonly string[];
      readonly message: string;
    }
  /** There was a result in the link, but nothing of it can be read; the message says why. */
  | { readonly kind: 'broken'; readonly message: string };

const list = new Intl.ListFormat('en-GB');

/** What is missing of a damaged link, in words. */
function damage(missing: readonly string[] | null): string {
  if (missing === null) return 'What came before the cut is shown; a link of this kind does not tell what is missing.';
  if (missing.length === 0) return 'The result itself arrived whole and is shown.';
  return `The parts that arrived whole are shown; missing: ${list.format(missing)}.`;
}

/** Reads the fragment of an address ("#r1.…"). Fragments that hold no result, such as "#results", are left alone. */
export function readLink(hash: string): OpenedLink {
  if (!holdsResult(hash)) return { kind: 'none' };
  const decoded = decodeResultLink(hash);
  if (decoded.ok) return { kind: 'result', result: decoded.result, notes: decoded.notes };
  const { message, rest } = decoded;
  if (!rest) return { kind: 'broken', message };
  return {
    kind: 'damaged',
    result: rest.result,
    notes: leftOutNotes(rest.leftOut),
    message: `${message} ${damage(rest.missing)}`,
  };
}

export interface ResultLink {
  readonly address: string;
  /** What had to be left out to keep the link short, for people. */
  readonly leftOut: readonly string[];
}

/** Longest address to make: whole results, what chat programs accept, or what a QR code on a projector still carries. */
export type LinkSize = 'whole' | 'chat' | 'qr';
const QR_LENGTH = 1300;

const withParts = (page: string, query: string, fragment: string): string =>
  `${page.replace(/[#?].*$/s, '')}${query ? `?${query}` : ''}${fragment ? `#${fragment}` : ''}`;

/** The address of this page with a result in its fragment and the settings in its query. `extra` is put before the settings. */
export function linkTo(result: StudyResult, page: string, size: LinkSize = 'whole', extra = ''): ResultLink {
  const query = [extra, configToQuery(result.config)].filter(Boolean).join('&');
  const room = withParts(page, query, '#').length;
  const good = GOOD_LENGTH - room;
  const limits = {
    whole: { good, most: MAX_LENGTH },
    chat: { good, most: good },
    qr: { good: 0, most: QR_LENGTH - room },
  };
  const { fragment, leftOut } = encodeResultLink(result, limits[size]);
  return { address: withParts(page, query, fragment), leftOut };
}
