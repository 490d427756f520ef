/** Decodes the wanted images of a data set into one array. A failure is reported by name and the rest continues. */
import { asError } from '../../core/error-text.ts';
import type { Outcome } from '../files/file-tree.ts';
import type { ImageContent } from '../formats/records.ts';
import type { DecodeImage } from '../image/decode.ts';
import { HiddenPixels } from '../image/true-pixels.ts';
import { firstCopies } from './duplicates.ts';
import { PLAN_WORDS } from './messages.ts';
import { fingerprintsOf, nearDuplicates, type Fingerprints } from './near-duplicates.ts';
import { leftOutOne, warning, type Problem } from '../files/problem.ts';
import { squareOf } from '../image/raw-image.ts';

/** Decoded images, without those that could not be. */
export interface PreparedImages {
  /** [count, size, size, 3] uint8 RGB of the images that could be decoded, in the order asked for. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** [count], positions in the list of images. */
  readonly records: Int32Array<ArrayBuffer>;
  /** [count]: images that look almost alike share a number, that of the first of them. */
  readonly groups: Int32Array<ArrayBuffer>;
  /** By which the images are compared with others; absent where near copies were not looked for. */
  readonly prints?: Fingerprints;
  /** Pairs of records: an exact copy that is left out, and the image that it is a copy of. Absent where copies were not looked for. */
  readonly copies?: readonly (readonly [copy: number, of: number])[];
  readonly problems: readonly Problem[];
}

export interface PrepareOptions {
  readonly decode: DecodeImage;
  readonly imageSize: number;
  /** Remove exact copies and look for near ones. */
  readonly unique: boolean;
  /** For people. */
  readonly pathOf: (record: number) => string;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Maximum number of failures reported one by one; the others are only counted. */
const NAMED_FAILURES = 20;
/** Browsers decode on their own threads. This many images at a time keep them busy and bound the memory. */
const AT_ONCE = 6;

/**
 * @param wanted positions in the list of images, each once
 * @param read their contents, in any order
 * @throws the signal's reason when aborted
 */
export async function prepareImages(
  wanted: readonly number[],
  read: AsyncIterable<Outcome<ImageContent>>,
  options: PrepareOptions,
): Promise<PreparedImages> {
  const { decode, imageSize, pathOf, onProgress, signal } = options;
  const stride = imageSize * imageSize * 3;
  const pixels = new Uint8Array(wanted.length * stride);
  const place = new Map(wanted.map((record, i) => [record, i]));
  const good = new Uint8Array(wanted.length);
  const failures = new Map<number, Error>();
  const hidden: HiddenPixels[] = [];
  let done = 0;
  const one = async (outcome: Outcome<ImageContent>): Promise<void> => {
    const at = place.get(outcome.at) as number;
    try {
      if ('error' in outcome) throw outcome.error;
      const { value } = outcome;
      pixels.set(value instanceof Uint8Array ? await decode(value) : squareOf(value, imageSize), at * stride);
      good[at] = 1;
    } catch (cause) {
      if (cause instanceof HiddenPixels) hidden.push(cause);
      else failures.set(outcome.at, asError(cause));
    }
    onProgress?.(++done, wanted.length);
  };
  const running = new Set<Promise<void>>();
  for await (const outcome of read) {
    signal?.throwIfAborted();
    if (hidden.length > 0) break; // every other image would say the same
    const job: Promise<void> = one(outcome).finally(() => running.delete(job));
    running.add(job);
    if (running.size >= AT_ONCE) await Promise.race(running);
  }
  await Promise.all(running);
  signal?.throwIfAborted();
  if (hidden.length > 0) throw hidden[0];
  const problems = failed(failures, pathOf);
  const kept = [...good.keys()].filter((i) => good[i] === 1);
  let count = compact(pixels, stride, kept);
  let copies: NonNullable<PreparedImages['copies']> = [];
  let records = Int32Array.from(kept, (i) => wanted[i]);
  if (options.unique) {
    const first = firstCopies(pixels.subarray(0, count * stride), stride);
    const originals = [...first.keys()].filter((i) => first[i] === i);
    copies = [...first.keys()].filter((i) => first[i] !== i).map((i) => [records[i], records[first[i]]] as const);
    if (copies.length > 0) problems.push(copied(copies.length, imageSize));
    count = compact(pixels, stride, originals);
    records = Int32Array.from(originals, (i) => records[i]);
  }
  const held = fitted(pixels, count * stride);
  if (!options.unique) return { pixels: held, records, groups: Int32Array.from(records.keys()), problems };
  const prints = fingerprintsOf(held, imageSize);
  return { pixels: held, records, groups: nearDuplicates(prints), prints, copies, problems };
}

function copied(copies: number, imageSize: number): Problem {
  return warning(null, PLAN_WORDS.copies(copies, imageSize), copies);
}

function failed(failures: ReadonlyMap<number, Error>, pathOf: (record: number) => string): Problem[] {
  const sorted = [...failures].sort(([a], [b]) => a - b);
  const problems = sorted.slice(0, NAMED_FAILURES).map(([record, { message }]) => {
    const path = pathOf(record);
    return leftOutOne(path, PLAN_WORDS.undecodable(message.replace(/\.$/, '')));
  });
  const more = sorted.length - problems.length;
  if (more > 0) problems.push(warning(null, PLAN_WORDS.moreUndecodable(more), more));
  return problems;
}

/** The first `length` bytes of an array, copied only if the rest would waste much memory. */
function fitted(pixels: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  return length < 0.8 * pixels.length ? pixels.slice(0, length) : pixels.subarray(0, length);
}

/**
 * Moves the kept images, ascending, to the front of their array: data sets are large, and a copy would double their memory.
 * @returns the number of kept images
 */
function compact(pixels: Uint8Array, stride: number, kept: readonly number[]): number {
  kept.forEach((from, to) => {
    if (from !== to) pixels.copyWithin(to * stride, from * stride, (from + 1) * stride);
  });
  return kept.length;
}
