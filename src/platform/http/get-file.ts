/** Fetches files by GET requests that survive network failures: whole files, their first bytes, ranges and streams. */
import { beginOf, lengthOf, totalOf, versionOf } from './headers.ts';
import { Passing, persist, Tries, Unreached } from './retry.ts';
import { nextChunk, request, type HttpAnswer, type HttpOptions } from './request.ts';
import { hostOf, HttpRefusal, replaced, SourceError, truncated } from './source-error.ts';
import { HTTP_WORDS, type SourceWords } from './words.ts';

/**
 * A small file, whole.
 * @param limit maximum size in bytes. @throws HttpRefusal for 401, 403, 404…, SourceError otherwise.
 */
export function getWhole(
  url: string,
  limit: number,
  options: HttpOptions,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; headers: Headers }> {
  return persist(url, options, async () => {
    const answer = await request(url, null, options);
    try {
      const bytes = await collect(answer, url, limit + 1, options);
      if (bytes.length > limit) throw new SourceError(HTTP_WORDS.tooLarge(url, limit, options.words));
      // Not Content-Length, which is that of what a server packs: browsers see for themselves that it comes whole.
      if (bytes.length < (totalOf(answer.headers) ?? 0)) throw new Passing(HTTP_WORDS.cut(hostOf(url)));
      return { bytes, headers: answer.headers };
    } finally {
      answer.cancel();
    }
  });
}

/** Up to `limit` bytes of an answer. */
async function collect(
  answer: HttpAnswer,
  url: string,
  limit: number,
  options: HttpOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = answer.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < limit) {
    const chunk = await nextChunk(reader, url, options);
    if (!chunk) break;
    chunks.push(chunk);
    length += chunk.length;
  }
  const bytes = new Uint8Array(Math.min(length, limit));
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, bytes.length - at);
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export interface Prefix {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Size of the whole file; null if the server does not report it. */
  readonly total: number | null;
  /** The server's version of the file; null if it reports none. */
  readonly version: string | null;
  readonly headers: Headers;
}

/**
 * A part of a file, or the whole file of a server that packs whatever it gives: browsers ask for no packed parts, and keep from the page what a server packs
 * all the same. Its Content-Length, which is that of what is packed, is left out: browsers do not tell other sites' pages that something was packed.
 */
async function requestPart(url: string, range: string, options: HttpOptions): Promise<HttpAnswer> {
  try {
    return await request(url, range, options);
  } catch (error) {
    if (!(error instanceof Unreached)) throw error;
    const answer = await request(url, null, options);
    const headers = new Headers(answer.headers);
    headers.delete('content-length');
    return { ...answer, headers };
  }
}

/** The first bytes of a file, fewer when it is shorter. If the server does not support ranges, the response is cancelled once enough has arrived. */
export function getPrefix(url: string, count: number, options: HttpOptions): Promise<Prefix> {
  return persist(url, options, async () => {
    const answer = await requestPart(url, `bytes=0-${count - 1}`, options);
    try {
      const bytes = await collect(answer, url, count, options);
      return {
        bytes,
        total: answer.status === 206 ? totalOf(answer.headers) : lengthOf(answer.headers),
        version: versionOf(answer.headers),
        headers: answer.headers,
      };
    } finally {
      answer.cancel();
    }
  });
}

/** A range of a file; `end` null means the end of the file. */
interface Stretch {
  readonly begin: number;
  readonly end: number | null;
  /** An unread response that contains the range. */
  readonly answer?: HttpAnswer;
  /** Size of the whole file in bytes. A server without ranges, or that reports another size, is rejected. */
  readonly partsOf?: number;
  /** A response with another version of the file is rejected; null or absent: than that of the first one. */
  readonly version?: string | null;
}

interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** In the file. */
  readonly position: number;
}

function checkParts(url: string, { status, headers }: HttpAnswer, size: number, words: SourceWords): void {
  if (status !== 206) throw new SourceError(HTTP_WORDS.noParts(hostOf(url), words));
  if ((totalOf(headers) ?? size) !== size) throw replaced(url, words);
}

function checkVersion(url: string, { headers }: HttpAnswer, version: string | null, words: SourceWords): void {
  if (version !== null && (versionOf(headers) ?? version) !== version) throw replaced(url, words);
}

/** Where what an answer sends begins: a server may send more than was asked for. @throws SourceError when it sends what lies behind that */
function startIn(url: string, { status, headers, cancel }: HttpAnswer, position: number, words: SourceWords): number {
  if (status !== 206) return 0;
  const start = beginOf(headers) ?? position;
  if (start <= position) return start;
  cancel();
  throw new SourceError(HTTP_WORDS.noParts(hostOf(url), words));
}

/**
 * What one answer sends, and where it lies in the file; the answer is cancelled in the end.
 * @param start position of its first byte
 * @throws SourceError when it is of another version or size
 */
async function* chunksIn(
  answer: HttpAnswer,
  start: number,
  url: string,
  { partsOf, version = null }: Stretch,
  options: HttpOptions,
): AsyncGenerator<Chunk, void, undefined> {
  try {
    checkVersion(url, answer, version, options.words);
    if (partsOf !== undefined) checkParts(url, answer, partsOf, options.words);
    const reader = answer.body.getReader();
    for (let position = start; ;) {
      const bytes = await nextChunk(reader, url, options);
      if (!bytes) return;
      yield { bytes, position };
      position += bytes.length;
    }
  } finally {
    answer.cancel();
  }
}

/**
 * Yields the range in order and without gaps, over as many connections as needed. A server without ranges sends the file from its start:
 * bytes before the range are dropped, bytes after it are yielded too.
 */
async function* chunksOf(url: string, stretch: Stretch, options: HttpOptions): AsyncGenerator<Chunk, void, undefined> {
  const { begin, end } = stretch;
  let { version = null } = stretch;
  const tries = new Tries(url, options);
  let position = begin;
  let first = stretch.answer;
  let hasParts = stretch.partsOf !== undefined;
  for (;;) {
    try {
      const asked = position;
      const ask = hasParts ? request : requestPart;
      const answer = first ?? (await ask(url, `bytes=${position}-${end === null ? '' : end - 1}`, options));
      first = undefined;
      hasParts ||= answer.status === 206;
      version ??= versionOf(answer.headers);
      const start = startIn(url, answer, position, options.words);
      let reached = start;
      for await (const { bytes, position: from } of chunksIn(answer, start, url, { ...stretch, version }, options)) {
        reached = from + bytes.length;
        if (reached <= position) continue;
        tries.progressed();
        const fresh = { bytes: bytes.subarray(position - from), position };
        position = reached;
        yield fresh;
      }
      const length = lengthOf(answer.headers);
      const last = end ?? totalOf(answer.headers) ?? start + (length ?? 0);
      if ((end === null ? reached : position) >= last) return;
      // A server may give less of a part than it is asked for.
      if (answer.status === 206 && reached - start === length && position > asked) continue;
      if (end !== null && answer.status !== 206 && length === reached)
        throw new HttpRefusal(416, truncated(url, options.words));
      throw new Passing(HTTP_WORDS.cut(hostOf(url)));
    } catch (error) {
      await tries.failed(error);
    }
  }
}

/**
 * Streams bytes `begin` to `end` of a file to `take`, in order and without gaps, over as many connections as it needs.
 * @param version version of the file from getPrefix; null if it is not known or cannot change
 * @param take receives bytes with their position in the file and returns whether it wants more. A server without ranges sends the file from
 *   its start: bytes before `begin` are dropped, bytes after `end` are passed on too.
 * @throws SourceError when the server reports another version; the signal's reason when aborted
 */
export async function streamRange(
  url: string,
  begin: number,
  end: number,
  version: string | null,
  take: (bytes: Uint8Array, position: number) => Promise<boolean>,
  options: HttpOptions,
): Promise<void> {
  for await (const { bytes, position } of chunksOf(url, { begin, end, version }, options))
    if (!(await take(bytes, position))) return;
}

/**
 * Requests a whole file so that the response shows whether ranges are supported: a server with ranges answers "Range: bytes=0-" with 206.
 * Content-Length is then the size; unlike Content-Range, other sites may read it. The caller must read or cancel the body.
 */
export const openFile = (url: string, options: HttpOptions): Promise<HttpAnswer> =>
  persist(url, options, () => requestPart(url, 'bytes=0-', options));

/** Version of a file from a response of openFile; null if not reported. */
export const versionIn = ({ headers }: HttpAnswer): string | null => versionOf(headers);

/** Size of a file from a response of openFile; null if not reported. */
export const sizeOf = ({ headers }: HttpAnswer): number | null => totalOf(headers) ?? lengthOf(headers);

/** Streams a whole file in pieces. @param known response of openFile, requested if absent; or the version that the file had */
export async function* streamFile(
  url: string,
  options: HttpOptions,
  known: Pick<Stretch, 'answer' | 'version'> = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  for await (const { bytes } of chunksOf(url, { ...known, begin: 0, end: null }, options)) yield bytes;
}

/** What is known of a file that is read in parts. */
export interface KnownFile {
  /** In bytes. */
  readonly size: number;
  /** As the server says it; null: it says none. */
  readonly version: string | null;
}

/**
 * Bytes `begin` to `end` of a file, from a server with range support.
 * @param onBytes receives the total number of bytes so far
 * @throws SourceError when the server stops supporting ranges or the file has changed; the signal's reason when aborted
 */
export async function getRange(
  url: string,
  begin: number,
  end: number,
  { size, version }: KnownFile,
  options: HttpOptions,
  onBytes: (count: number) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const found = new Uint8Array(end - begin);
  for await (const { bytes, position } of chunksOf(url, { begin, end, partsOf: size, version }, options)) {
    const at = position - begin;
    found.set(bytes.subarray(0, found.length - at), at);
    onBytes(Math.min(found.length, at + bytes.length));
    if (at + bytes.length >= found.length) break;
  }
  return found;
}
