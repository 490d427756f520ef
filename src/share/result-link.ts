/**
 * A study's configuration and result curves in the fragment of an address: `r1.<base64url>`. Browsers send a fragment to nobody.
 * What comes out of a link was written by anyone: it is checked for length, checksum, structure and schema, in this order.
 */
import type { StudyResult } from '../study/result.ts';
import { withoutAnswers } from '../study/measures/image-variances.ts';
import { SHOWN_MEASURES } from '../study/measures/shown.ts';
import { base64UrlLength, fromBase64Url, toBase64Url } from './base64url.ts';
import { BinaryError } from './binary.ts';
import { crc32 } from '../core/crc32.ts';
import { ALWAYS, leftOutText, TO_FIT, TO_SHORTEN, type Reduction } from './reductions.ts';
import { decodeSections, encodeResult, FORMAT_VERSION, HEADER_BYTES, readHeader } from './result-codec.ts';
import { salvageLink, type SalvagedResult } from './salvage-link.ts';

/** Some chat programs cut messages here. */
export const GOOD_LENGTH = 2000;
/** Longer links are not made. */
export const MAX_LENGTH = 8000;

const PREFIX = `r${FORMAT_VERSION}.`;

export interface EncodedLink {
  /** Without the leading "#". */
  readonly fragment: string;
  /** What the link does not hold, for people. */
  readonly leftOut: string[];
}

interface Limits {
  /** Above so many characters loss curves lose detail. */
  readonly good?: number;
  /** Above so many characters everything may be left out. */
  readonly most?: number;
}

/**
 * Encodes a result, giving up detail until the fragment has at most `most` characters, and loss detail already above `good`.
 * Curves are rounded to 1/255 of their range; figures named in text to float32.
 */
export function encodeResultLink(
  result: StudyResult,
  { good = GOOD_LENGTH, most = MAX_LENGTH }: Limits = {},
): EncodedLink {
  const original = withoutAnswers(result, SHOWN_MEASURES);
  let current = original;
  let applied: Reduction[] = [];
  const reduce = (reduction: Reduction) => {
    const smaller = reduction.apply(current, original);
    if (smaller === current) return;
    applied = [...applied.filter(({ kind }) => kind === undefined || kind !== reduction.kind), reduction];
    current = smaller;
  };
  const encode = () =>
    PREFIX +
    toBase64Url(
      encodeResult(
        current,
        applied.map(({ code }) => code),
      ),
    );
  ALWAYS.forEach(reduce);
  const fine = { current, applied };
  let fragment = encode();
  const shrink = (reductions: readonly Reduction[], limit: number) => {
    for (const reduction of reductions) {
      if (fragment.length <= limit) break;
      reduce(reduction);
      fragment = encode();
    }
  };
  shrink(TO_SHORTEN, good);
  if (fragment.length > good && good < most) {
    // No chat message anyway: detail was given up for nothing.
    ({ current, applied } = fine);
    fragment = encode();
    shrink(TO_SHORTEN, most);
  }
  shrink(TO_FIT, most);
  return { fragment, leftOut: applied.map(({ text }) => text) };
}

export type DecodedLink =
  | { readonly ok: true; readonly result: StudyResult; readonly notes: string[] }
  /** `rest`: what a damaged link still holds; null when that is nothing. */
  | { readonly ok: false; readonly message: string; readonly rest: SalvagedResult | null };

const refuse = (message: string, rest: SalvagedResult | null = null): DecodedLink => ({ ok: false, message, rest });
const count = (value: number): string => value.toLocaleString('en');

/** Undoes what chat programs and mail do to addresses: percent-encoding (once or twice), spaces and punctuation around them. */
function normalise(fragment: string): string {
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

/** Reads a fragment, with or without "#". Never throws; a refusal says what is wrong with the link. `notes` are for people. */
export function decodeResultLink(fragment: string): DecodedLink {
  const text = normalise(fragment);
  const match = /^r(\d{1,6})\.(.*)$/s.exec(text);
  if (!match) return refuse('This address holds no result.');
  const [, version, payload] = match;
  if (Number(version) !== FORMAT_VERSION) return otherVersion(version);
  if (text.length > 4 * MAX_LENGTH)
    return refuse(`This link is too long to be one of ours (${count(text.length)} characters).`);
  try {
    return decodePayload(payload, text.length);
  } catch (error) {
    if (error instanceof BinaryError) return refuse(`This link holds no valid result: ${error.message}`);
    throw error;
  }
}

/** What is wrong with the text of a payload, or null. */
function textProblem(payload: string, characters: number, expected: number): string | null {
  if (/…|\.\.\./.test(payload))
    return 'This link was shortened for display. Copy the address of the link instead of its text.';
  if (payload.length < expected)
    return `This link arrived cut off: ${count(characters)} of ${count(expected + PREFIX.length)} characters.`;
  const extra = payload.length - expected;
  if (extra > 0) return `This link has ${count(extra)} characters too many: something was added to it on the way.`;
  try {
    fromBase64Url(payload);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return `This link was altered on the way: ${error.message}`;
    throw error;
  }
}

function decodePayload(payload: string, characters: number): DecodedLink {
  const readable = /^[A-Za-z0-9_-]*/.exec(payload)?.[0] ?? '';
  const start = fromBase64Url(readable.slice(0, base64UrlLength(HEADER_BYTES)), true);
  if (start.length < HEADER_BYTES) {
    return readable.length < payload.length
      ? refuse(
          `This link was altered on the way: its character ${readable.length + PREFIX.length + 1} does not belong there.`,
        )
      : refuse(`This link arrived cut off: only ${count(characters)} characters are left.`);
  }
  const header = readHeader(start);
  if (!header) return refuse('This link was altered on the way: its first characters do not fit together.');
  if (header.version !== FORMAT_VERSION) return otherVersion(String(header.version));
  const problem = textProblem(payload, characters, base64UrlLength(header.length));
  if (problem) return refuse(problem, salvageLink(payload.replace(/(…|\.\.\.).*$/s, ''), header));
  const sections = fromBase64Url(payload).subarray(HEADER_BYTES);
  if (crc32(sections) !== header.checksum)
    return refuse('This link was altered on the way: its checksum does not fit.', salvageLink(payload, header));
  const { result, leftOut, skipped } = decodeSections(sections);
  const notes = leftOutNotes(leftOut);
  if (skipped > 0) notes.push('The link was made by a newer version of this page; parts of it are not shown.');
  return { ok: true, result, notes };
}

export const leftOutNotes = (codes: readonly number[]): string[] =>
  codes.map((code) => `The link leaves out ${leftOutText(code)}.`);

function otherVersion(version: string): DecodedLink {
  return refuse(
    `This link has format ${version}, and this page reads format ${FORMAT_VERSION}. Reload the page, or open the link in the version that made it.`,
  );
}
