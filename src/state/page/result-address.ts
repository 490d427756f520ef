/** Results in the fragment of an address. Loaded only when one is opened or shared, which most visits never do. */
import type { Said } from '../../core/language/catalogue.ts';
import { configToQuery } from '../../share/config/config-query.ts';
import { LINK_WORDS } from '../../share/link/messages.ts';
import { emptiesFigure } from '../../share/link/reductions.ts';
import {
  decodeResultLink,
  encodeResultLink,
  GOOD_LENGTH,
  leftOutNotes,
  MAX_LENGTH,
  type EncodedLink,
} from '../../share/link/result-link.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { holdsResult } from './url.ts';

interface Linked {
  readonly result: StudyResult;
  /** What the link has no room for, for people. */
  readonly leftOut: readonly Said[];
  /** What of it this version could not read, for people. */
  readonly notes: readonly Said[];
  /** What may be why a figure is empty: of the notes, and of the damage. */
  readonly lacks: readonly Said[];
}

export type OpenedLink =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'result' } & Linked)
  /** A partly readable result; the message says what is wrong with the link and which parts are missing. */
  | ({ readonly kind: 'damaged'; readonly message: Said } & Linked)
  /** The link contains a result, but none of it is readable; the message says why. */
  | { readonly kind: 'broken'; readonly message: Said };

/** Describes the missing parts of a damaged link. */
function damage(missing: readonly string[] | null): string {
  if (missing === null) return LINK_WORDS.ofOldCut;
  return missing.length === 0 ? LINK_WORDS.arrivedWhole : LINK_WORDS.missing(missing);
}

/** Reads the fragment of an address ("#r1.…"). Fragments without a result, such as "#results", are ignored. */
export function readLink(hash: string): OpenedLink {
  if (!holdsResult(hash)) return { kind: 'none' };
  const decoded = decodeResultLink(hash);
  if (decoded.ok) {
    const { result, notes, unread, lacks } = decoded;
    return { kind: 'result', result, leftOut: notes.filter((note) => !unread.includes(note)), notes: unread, lacks };
  }
  const { message, rest } = decoded;
  if (!rest) return { kind: 'broken', message };
  const newer = rest.result.config.incomplete ? [() => LINK_WORDS.newer] : [];
  const damaged = (): string => damage(rest.missing);
  return {
    kind: 'damaged',
    result: rest.result,
    leftOut: leftOutNotes(rest.leftOut),
    notes: newer,
    lacks: [
      ...leftOutNotes(rest.leftOut.filter(emptiesFigure)),
      ...newer,
      ...(rest.missing?.length === 0 ? [] : [damaged]),
    ],
    message: () => `${message()} ${damaged()}`,
  };
}

export interface ResultLink extends Omit<EncodedLink, 'fragment'> {
  readonly address: string;
  /** It is as short as was asked for. */
  readonly fits: boolean;
}

/** Target length of an address: the whole result, what chat programs accept, or what a projected QR code can hold. */
export type LinkSize = 'whole' | 'chat' | 'qr';
export const LINK_LENGTHS: Readonly<Record<LinkSize, number>> = { whole: MAX_LENGTH, chat: GOOD_LENGTH, qr: 1300 };

const withParts = (page: string, query: string, fragment: string): string =>
  `${page.replace(/[#?].*$/s, '')}${query ? `?${query}` : ''}${fragment ? `#${fragment}` : ''}`;

/**
 * The address of this page with a result in its fragment. A whole link also has the settings in its query, where people can read and edit them, unless the result
 * needs that room; the fragment has them in any case.
 * @throws RangeError as encodeResultLink does
 */
export function linkTo(result: StudyResult, page: string, size: LinkSize = 'whole'): ResultLink {
  const settings = size === 'whole' ? configToQuery(result.config) : '';
  if (settings) {
    const readable = linkWithin(result, page, LINK_LENGTHS[size], settings);
    if (readable.fits && readable.complete) return readable;
  }
  return linkWithin(result, page, LINK_LENGTHS[size], '');
}

/** The address of this page with a query and, in its fragment, as much of a result as any link holds. */
export const linkWithQuery = (result: StudyResult, page: string, query: string): ResultLink =>
  linkWithin(result, page, MAX_LENGTH, query);

function linkWithin(result: StudyResult, page: string, most: number, query: string): ResultLink {
  const room = withParts(page, query, '#').length;
  const { fragment, ...link } = encodeResultLink(result, most - room);
  const address = withParts(page, query, fragment);
  return { ...link, address, fits: address.length <= most };
}
