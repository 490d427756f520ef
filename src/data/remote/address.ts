/** A file at an address: read in parts if the server allows it, otherwise loaded once as a whole. */
import { ENDINGS, endingIn, isPacked } from '../files/endings.ts';
import { getRange, openFile, sizeOf, streamFile, versionIn, type KnownFile } from '../../platform/http/get-file.ts';
import { parsedUrl } from '../../platform/http/parsed-url.ts';
import type { HttpAnswer, HttpOptions } from '../../platform/http/request.ts';
import type { SourceWords } from '../../platform/http/words.ts';
import { unlessAborted } from '../../platform/unless-aborted.ts';
import { blobFile, headOf, type Bytes, type OpenFile } from '../files/byte-file.ts';
import type { SourceFile } from '../files/file-tree.ts';
import { ADDRESS_WORDS, DATA_WORDS } from './messages.ts';

export type OnBytes = (loaded: number, total: number | null) => void;

export interface AddressOptions {
  readonly signal?: AbortSignal;
  /** Bytes received, and the total; null if unknown. */
  readonly onProgress?: OnBytes;
  /** Called before a retry with the reason. */
  readonly onWait?: (reason: string) => void;
  /** What messages call the data set, and what they tell to do; default: the words of the page. */
  readonly words?: SourceWords;
  /** Overrides the default retry settings. */
  readonly http?: Pick<HttpOptions, 'attempts' | 'pause' | 'silence'>;
}

export function httpOptions({ signal, onWait, http, words = DATA_WORDS }: AddressOptions): HttpOptions {
  return {
    ...http,
    words,
    signal: signal ?? new AbortController().signal,
    onWait,
  };
}

const PARQUET = endingIn(ENDINGS.parquet);

/** Maximum size of a file loaded as a whole; larger files need a server with range support. */
const MAX_WHOLE = 2048 * 1024 * 1024;

/**
 * Opens http and https addresses.
 *
 * @throws Error with a full sentence when the address is none, the server refuses or stays silent, or the file is too large; the signal's
 *   reason when aborted
 */
export async function openAddress(address: string, options: AddressOptions = {}): Promise<SourceFile> {
  const url = parse(address);
  const answer = await openFile(url.href, httpOptions(options));
  const path = nameOf(url, answer);
  const size = sizeOf(answer);
  const inParts = answer.status === 206 && size !== null;
  if (inParts) answer.cancel();
  const block = PARQUET.test(path) ? PARQUET_BLOCK : BLOCK;
  const bytes = inParts
    ? rangeFile(url.href, { size, version: versionIn(answer) }, block, options)
    : blobFile(await wholeBody(answer, url, size, options));
  if (bytes.size === 0) throw new Error(ADDRESS_WORDS.emptyFile(url.host, path));
  const type = contentType(answer.headers);
  if (mayBeOther(path, type) && isOther(path, await headOf(bytes, options.signal)))
    throw new Error(ADDRESS_WORDS.otherContent(url.host, path, type));
  return { path, size: bytes.size, bytes };
}

/** As the server says it: "text/html"; null where it says nothing that is one. */
export const contentType = (headers: Headers): string | null =>
  /^[\w.+-]{1,60}\/[\w.+-]{1,60}/.exec(headers.get('Content-Type') ?? '')?.[0].toLowerCase() ?? null;

/** Whether the beginning of a file has to tell whether the server gave another: a page for signing in, the message of an error. */
function mayBeOther(path: string, type: string | null): boolean {
  const isText = type === null || /^text\/|html|json|xml/.test(type);
  // The others are read from the beginning anyway.
  if (isPacked(path)) return isText || !PARQUET.test(path);
  return type !== null && /html/.test(type);
}

function isOther(path: string, head: Bytes): boolean {
  const isText = head.length > 0 && head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
  return isText && (isPacked(path) || /^\s*</.test(new TextDecoder().decode(head)));
}

function parse(address: string): URL {
  const url = parsedUrl(address.trim());
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(ADDRESS_WORDS.noAddress(address.slice(0, 200)));
  return url;
}

/** The last part of the path; redirects may lead to an address without an informative name, so the requested address is used. */
function nameOf(url: URL, { headers }: HttpAnswer): string {
  const said = /filename="?([^";]+)"?/i.exec(headers.get('Content-Disposition') ?? '')?.[1];
  const last =
    url.pathname
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? url.host;
  const name = /\.\w+$/.test(last) ? last : (said ?? last);
  try {
    return decodeURIComponent(name).replace(/[/\\]/g, '_');
  } catch {
    return name;
  }
}

async function wholeBody(answer: HttpAnswer, url: URL, size: number | null, options: AddressOptions): Promise<Blob> {
  const tooLarge = () => new Error(ADDRESS_WORDS.tooLarge(url.host, (options.words ?? DATA_WORDS).damaged));
  if (size !== null && size > MAX_WHOLE) {
    answer.cancel();
    throw tooLarge();
  }
  const chunks: Bytes[] = [];
  let loaded = 0;
  for await (const chunk of streamFile(url.href, httpOptions(options), { answer })) {
    loaded += chunk.length;
    if (loaded > MAX_WHOLE) throw tooLarge();
    chunks.push(chunk);
    options.onProgress?.(loaded, size);
  }
  return new Blob(chunks);
}

/** Parts are fetched in blocks and the last ones kept: directories and headers are read in many small steps. */
const BLOCK = 256 * 1024;
const KEPT_BLOCKS = 16;
/** Label columns of parquet files are small and lie far apart, and hyparquet asks for them whole: reading ahead would load images. */
const PARQUET_BLOCK = 4 * 1024;

/** @param block bytes that small reads are rounded to */
function rangeFile(url: string, known: KnownFile, block: number, options: AddressOptions): OpenFile {
  const { size, version } = known;
  const kept = new Map<number, Promise<Bytes>>();
  let loaded = 0;
  const load = async (begin: number, end: number, signal?: AbortSignal): Promise<Bytes> => {
    const before = loaded;
    const bytes = await getRange(url, begin, end, known, httpOptions({ ...options, signal }), (count) =>
      options.onProgress?.(before + count, null),
    );
    loaded += bytes.length;
    return bytes;
  };
  const blockAt = (index: number): Promise<Bytes> => {
    const known = kept.get(index);
    if (known) return known;
    // without the caller's signal, since another caller may wait for the same block
    const loading = load(index * block, Math.min(size, (index + 1) * block));
    kept.set(index, loading);
    loading.catch(() => kept.delete(index));
    if (kept.size > KEPT_BLOCKS) kept.delete(kept.keys().next().value as number);
    return loading;
  };
  const slice = async (from: number, to: number, signal?: AbortSignal): Promise<Bytes> => {
    signal?.throwIfAborted();
    const [begin, end] = [Math.min(from, size), Math.min(to, size)];
    if (end <= begin) return new Uint8Array(0);
    if (end - begin > block) return load(begin, end, signal);
    const [first, last] = [Math.floor(begin / block), Math.floor((end - 1) / block)];
    const wanted = first === last ? [blockAt(first)] : [blockAt(first), blockAt(last)];
    const blocks = await unlessAborted(Promise.all(wanted), signal);
    const bytes = new Uint8Array(end - begin);
    blocks.forEach((held, i) => {
      const start = (first + i) * block;
      const part = held.subarray(Math.max(0, begin - start), Math.max(0, end - start));
      bytes.set(part, Math.max(0, start - begin));
    });
    return bytes;
  };
  return {
    size,
    slice,
    async *stream(signal) {
      let passed = 0;
      for await (const chunk of streamFile(url, httpOptions({ ...options, signal }), { version })) {
        passed += chunk.length;
        options.onProgress?.(passed, size);
        yield chunk;
      }
    },
  };
}
