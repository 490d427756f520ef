/** Results in the fragment of an address. Loaded when one is opened or shared: most visits do neither. */
import { listed } from '../../core/listed.ts';
import { nextTask } from '../../platform/next-task.ts';
import { configToQuery } from '../../share/config/config-query.ts';
import {
  decodeResultLink,
  GOOD_LENGTH,
  leftOutNotes,
  linkTries,
  MAX_LENGTH,
  type EncodedLink,
} from '../../share/link/result-link.ts';
import type { StudyResult } from '../../study/result/result.ts';
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

/** What is missing of a damaged link, in words. */
function damage(missing: readonly string[] | null): string {
  if (missing === null) return 'What came before the cut is shown; a link of this kind does not tell what is missing.';
  if (missing.length === 0) return 'The result itself arrived whole and is shown.';
  return `The parts that arrived whole are shown; missing: ${listed(missing)}.`;
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

export type ResultLink = Omit<EncodedLink, 'fragment'> & { readonly address: string };

/** Longest address to make: whole results, what chat programs accept, or what a QR code on a projector still carries. */
export type LinkSize = 'whole' | 'chat' | 'qr';
const MOST: Readonly<Record<LinkSize, number>> = { whole: MAX_LENGTH, chat: GOOD_LENGTH, qr: 1300 };

const withParts = (page: string, query: string, fragment: string): string =>
  `${page.replace(/[#?].*$/s, '')}${query ? `?${query}` : ''}${fragment ? `#${fragment}` : ''}`;

/**
 * The address of this page with a result in its fragment. A whole link has the settings in its query too, where people can read and edit them;
 * shorter ones have them in the fragment alone. `extra` is put in front of the settings.
 */
export function linkTo(result: StudyResult, page: string, size: LinkSize = 'whole', extra = ''): ResultLink {
  const tries = addressTries(result, page, size, extra);
  for (;;) {
    const { done, value } = tries.next();
    if (done) return value;
  }
}

/** The same in pieces between which the page stays responsive. @throws RangeError as linkTries does */
export async function makeLink(result: StudyResult, page: string, size: LinkSize): Promise<ResultLink> {
  const tries = addressTries(result, page, size);
  for (;;) {
    await nextTask();
    const { done, value } = tries.next();
    if (done) return value;
  }
}

function* addressTries(
  result: StudyResult,
  page: string,
  size: LinkSize,
  extra = '',
): Generator<undefined, ResultLink> {
  const settings = size === 'whole' ? configToQuery(result.config) : '';
  const query = [extra, settings].filter(Boolean).join('&');
  const room = withParts(page, query, '#').length;
  const { fragment, ...link } = yield* linkTries(result, MOST[size] - room);
  return { ...link, address: withParts(page, query, fragment) };
}
