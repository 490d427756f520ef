/** Between the address bar and the page: a result travels in the fragment, which browsers never send to a server. */
import { decodeResultLink, encodeResultLink } from '../share/result-link.ts';
import type { StudyResult } from '../study/result.ts';

export type OpenedLink =
  | { readonly kind: 'none' }
  /** Notes tell what the link leaves out. */
  | { readonly kind: 'result'; readonly result: StudyResult; readonly notes: readonly string[] }
  /** There was a result in the link, but it cannot be read; the message says why. */
  | { readonly kind: 'broken'; readonly message: string };

/** Also when a chat program percent-encoded the fragment. */
const HOLDS_RESULT = /^(#|%23)*r\d+(\.|%2e)/i;

/** Reads the fragment of an address ("#r1.…"). Fragments that hold no result, such as "#results", are left alone. */
export function readLink(hash: string): OpenedLink {
  if (!HOLDS_RESULT.test(hash)) return { kind: 'none' };
  const decoded = decodeResultLink(hash);
  if (!decoded.ok) return { kind: 'broken', message: decoded.message };
  return { kind: 'result', result: decoded.result, notes: decoded.notes };
}

export interface ResultLink {
  readonly address: string;
  /** What had to be left out to keep the link short, for people. */
  readonly leftOut: readonly string[];
}

/** The address of this page with the result in its fragment. */
export function linkTo(result: StudyResult, page: string): ResultLink {
  const { fragment, leftOut } = encodeResultLink(result);
  return { address: `${page.replace(/[#?].*$/, '')}#${fragment}`, leftOut };
}
