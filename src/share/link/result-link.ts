/**
 * A study's configuration and result curves in the fragment of an address: `r2.<base64url>`. Browsers never send a fragment. Anyone may have written a link, so
 * its content is checked for length, checksum, structure and schema, in this order.
 */
import type { Said } from '../../core/language/catalogue.ts';
import { asEnded } from '../../study/result/as-ended.ts';
import { imageVariancesLeft, withoutAnswers } from '../../study/result/measures/image-variances.ts';
import { SHOWN_MEASURES } from '../../study/result/measures/shown.ts';
import { withoutPeople } from '../../study/result/result-parts.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { base64UrlLength, fromBase64Url, toBase64Url } from './base64url.ts';
import { BinaryError, type Reader } from './binary.ts';
import { readOldOutline } from './container-1.ts';
import { readOutline, writeContainer, type Outline } from './container.ts';
import type { Detail } from './fidelity.ts';
import { LINK_WORDS } from './messages.ts';
import { normaliseFragment } from './normalise-fragment.ts';
import type { Reduction } from './reduction.ts';
import { ALWAYS, emptiesFigure, fidelityOf, isRounding, leftOutText, TO_FIT, worthTelling } from './reductions.ts';
import { assemble, detailsOf, ResultEncoder, sectionName } from './result-codec.ts';
import { withTestedValidations } from './sections/tested-validations.ts';
import { salvageLink, type SalvagedResult } from './salvage-link.ts';

/** Some chat programs truncate messages here. */
export const GOOD_LENGTH = 2000;
/** Longer links are made only where the settings and test figures alone need them. */
export const MAX_LENGTH = 8000;

/** The format of new links. */
const FORMAT = 2;
const PREFIX_LENGTH = 'r2.'.length;

export interface EncodedLink {
  /** Without the leading "#". */
  readonly fragment: string;
  /** The result as a reader gets it, before rounding. */
  readonly kept: StudyResult;
  /** What the link omits, for people. */
  readonly leftOut: string[];
  /** What of that is worth a word where there is little room. */
  readonly mostLeftOut: string[];
  /** What is rounded more coarsely than a chart shows, for people. */
  readonly rounded: string[];
  /** No figure of the result is missing. */
  readonly complete: boolean;
}

/** A result after reductions, and the reductions that changed it. */
interface Reduced {
  readonly result: StudyResult;
  readonly applied: readonly Reduction[];
}

function reduce(original: StudyResult, parts: readonly Reduction[]): Reduced {
  let result = original;
  const applied: Reduction[] = [];
  for (const reduction of parts) {
    const smaller = reduction.apply?.(result, original) ?? result;
    if (smaller !== result) applied.push(reduction);
    result = smaller;
  }
  return { result, applied };
}

/** Of several of one kind, keeps the last, which covers the others. */
const lastOfKind = (reductions: readonly Reduction[]): Reduction[] =>
  reductions.filter(({ kind }, i) => !kind || !reductions.slice(i + 1).some((later) => later.kind === kind));

/** Whether it rounds numbers of some of these purposes. */
const rounds = ({ precision = {} }: Reduction, details: ReadonlySet<Detail>): boolean =>
  (Object.keys(precision) as Detail[]).some((detail) => details.has(detail));

/** Those that change the result. */
const changing = (reductions: readonly Reduction[]): Reduction[] =>
  [...ALWAYS, ...reductions].filter(({ apply }) => apply);

/** Writes one result at several lengths; work that two links share is done once. */
class LinkWriter {
  readonly #encoder = new ResultEncoder();
  readonly #reduced = new Map<string, Reduced>();
  readonly #result: StudyResult;
  readonly #variancesOf: (reduced: StudyResult) => NonNullable<StudyResult['imageVariances']>;

  constructor(result: StudyResult) {
    // Links are passed on.
    this.#result = withTestedValidations(withoutPeople(asEnded(withoutAnswers(result, []))));
    this.#variancesOf = imageVariancesLeft(result, SHOWN_MEASURES);
  }

  #reduce(parts: readonly Reduction[]): Reduced {
    const key = parts.map(({ code }) => code).join();
    const reduced = this.#reduced.get(key) ?? this.#withVariances(reduce(this.#result, parts));
    this.#reduced.set(key, reduced);
    return reduced;
  }

  /** What the images add depends on the seeds that are left. */
  #withVariances({ result, applied }: Reduced): Reduced {
    const imageVariances = this.#variancesOf(result);
    return { result: imageVariances.length > 0 ? { ...result, imageVariances } : result, applied };
  }

  /** Whether a reduction rounds what is left of the result, or changes the result beside the others. */
  matters(one: Reduction, reductions: readonly Reduction[]): boolean {
    const { result, applied } = this.#reduce(changing(reductions));
    return applied.includes(one) || rounds(one, detailsOf(result));
  }

  /** Null if a section would be larger than readers accept, or the link is longer than `most`. */
  write(reductions: readonly Reduction[], most = Infinity): EncodedLink | null {
    const all = [...ALWAYS, ...reductions];
    const { result, applied } = this.#reduce(changing(reductions));
    const details = detailsOf(result);
    const told = lastOfKind(all.filter((reduction) => applied.includes(reduction) || rounds(reduction, details)));
    const codes: number[] = told.map(({ code }) => code);
    const leftOut = codes.filter((code) => !isRounding(code));
    const bytes = Math.floor(((most - PREFIX_LENGTH) * 3) / 4);
    const sections = this.#encoder.encode(result, fidelityOf(reductions), codes, bytes);
    const container = sections && writeContainer(sections);
    return container && container.length <= bytes
      ? {
          fragment: `r${FORMAT}.${toBase64Url(container)}`,
          kept: result,
          leftOut: leftOut.map(leftOutText),
          mostLeftOut: worthTelling(leftOut).map(leftOutText),
          rounded: codes.filter(isRounding).map(leftOutText),
          complete: !told.some(({ figure }) => figure === 'asked'),
        }
      : null;
  }
}

const WRITERS = new WeakMap<StudyResult, LinkWriter>();

function writerOf(result: StudyResult): LinkWriter {
  const writer = WRITERS.get(result) ?? new LinkWriter(result);
  WRITERS.set(result, writer);
  return writer;
}

/**
 * Encodes a result in at most `most` characters. It is as exact as a chart where there is room; otherwise detail and then parts are dropped, least important
 * first. Parts are restored if dropping something more important made room for them.
 * @returns the link; a longer one if not even the settings and test figures fit
 * @throws RangeError when the study exceeds what any link can hold
 */
export function encodeResultLink(result: StudyResult, most = MAX_LENGTH): EncodedLink {
  const writer = writerOf(result);
  const whole = writer.write([], most);
  if (whole) return whole;
  // Every reduction shortens the link: find the smallest number that suffices.
  let [tooFew, enough] = [0, TO_FIT.length];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (writer.write(TO_FIT.slice(0, middle), most)) enough = middle;
    else tooFew = middle;
  }
  let chosen: readonly Reduction[] = TO_FIT.slice(0, enough);
  const fits = writer.write(chosen, most) !== null;
  // What fits is the same link without a reduction that does not matter.
  for (const reduction of chosen.toReversed()) {
    const others = chosen.filter((other) => other !== reduction);
    if ((fits && !writer.matters(reduction, chosen)) || writer.write(others, most)) chosen = others;
  }
  const link = writer.write(chosen);
  if (!link) throw new RangeError(LINK_WORDS.tooLarge);
  return link;
}

export type DecodedLink =
  | {
      readonly ok: true;
      readonly result: StudyResult;
      readonly notes: Said[];
      /** Those of the notes that are of what this version could not read, not of what the link has no room for. */
      readonly unread: Said[];
      /** Those of the notes that may tell why a figure is empty. */
      readonly lacks: Said[];
    }
  /** `rest`: what a damaged link still holds; null if that is nothing. */
  | { readonly ok: false; readonly message: Said; readonly rest: SalvagedResult | null };

const refuse = (message: Said, rest: SalvagedResult | null = null): DecodedLink => ({ ok: false, message, rest });

/** Reads a fragment, with or without "#". Never throws; a refusal says what is wrong with the link. `notes` are for people. */
export function decodeResultLink(fragment: string): DecodedLink {
  const text = normaliseFragment(fragment);
  const match = /^r(\d{1,6})\.(.*)$/s.exec(text);
  if (!match) return refuse(() => LINK_WORDS.noResult);
  const [, version, payload] = match;
  const format = Number(version);
  if (format !== 1 && format !== 2) return refuse(() => LINK_WORDS.otherFormat(version, FORMAT));
  if (text.length > 4 * MAX_LENGTH) return refuse(() => LINK_WORDS.tooLong(text.length));
  try {
    return decodePayload(payload, text.length, format);
  } catch (error) {
    if (error instanceof BinaryError) return refuse(() => LINK_WORDS.invalid(error.message));
    throw error;
  }
}

/** What is wrong with the text of a payload, or null. */
function textProblem(payload: string, characters: number, expected: number): Said | null {
  if (/…|\.\.\./.test(payload)) return () => LINK_WORDS.shortened;
  if (payload.length < expected) return () => LINK_WORDS.cutOff(characters, expected + PREFIX_LENGTH);
  const extra = payload.length - expected;
  if (extra > 0) return () => LINK_WORDS.added(extra);
  const foreign = payload.search(/[^A-Za-z0-9_-]/);
  if (foreign >= 0) return () => LINK_WORDS.alteredAt(foreign + PREFIX_LENGTH + 1);
  try {
    fromBase64Url(payload);
    return null;
  } catch (error) {
    // Bits that its last character has too many.
    if (error instanceof RangeError) return () => LINK_WORDS.alteredAt(characters);
    throw error;
  }
}

/** Null if the start was altered, undefined if it is incomplete. */
function outlineOf(start: Uint8Array, format: Reader['format']): Outline | null | undefined {
  try {
    return format === 1 ? readOldOutline(start) : readOutline(start);
  } catch (error) {
    if (error instanceof BinaryError) return undefined;
    throw error;
  }
}

function decodePayload(payload: string, characters: number, format: Reader['format']): DecodedLink {
  const readable = /^[A-Za-z0-9_-]*/.exec(payload)?.[0] ?? '';
  const outline = outlineOf(fromBase64Url(readable, true), format);
  if (outline === undefined) {
    return readable.length < payload.length
      ? refuse(() => LINK_WORDS.alteredAt(readable.length + PREFIX_LENGTH + 1))
      : refuse(() => LINK_WORDS.cutOffEarly(characters));
  }
  if (!outline) return refuse(() => LINK_WORDS.alteredStart);
  const problem = textProblem(payload, characters, base64UrlLength(outline.length));
  if (problem) return refuse(problem, salvageLink(payload.replace(/(…|\.\.\.).*$/s, ''), outline, format));
  const sections = outline.sections(fromBase64Url(payload));
  if (!sections) return refuse(() => LINK_WORDS.alteredSum, salvageLink(payload, outline, format));
  const { result, leftOut, skipped, unread } = assemble(sections, format);
  const lacking = [
    ...(unread.length > 0 ? [() => LINK_WORDS.unread(unread.map(sectionName))] : []),
    ...(skipped > 0 || result.config.incomplete ? [() => LINK_WORDS.newer] : []),
  ];
  return {
    ok: true,
    result,
    notes: [...leftOutNotes(leftOut), ...lacking],
    unread: lacking,
    lacks: [...leftOutNotes(leftOut.filter(emptiesFigure)), ...lacking],
  };
}

/** What a link lacks according to its codes, for people. */
export function leftOutNotes(codes: readonly number[]): Said[] {
  const missing = codes
    .filter((code) => !isRounding(code))
    .map((code) => () => LINK_WORDS.leavesOut(leftOutText(code)));
  const rounded = codes.filter(isRounding);
  return rounded.length > 0 ? [...missing, () => LINK_WORDS.rounds(rounded.map(leftOutText))] : missing;
}
