/** A file behind an address: read in parts where the server allows it, loaded once as a whole where it does not. */
import { blobFile, type ByteFile, type Bytes } from '../bytes/byte-file.ts';
import type { SourceFile } from '../archive/file-tree.ts';

export type Progress = (loaded: number, total: number | null) => void;

export interface AddressOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: Progress;
}

/** What must be loaded as a whole; larger files need a server that gives them in parts. */
const MAX_WHOLE = 2048 * 1024 * 1024;

/**
 * Opens http and https addresses. One GET with "Range: bytes=0-", which browsers send without asking the server first: 206 means
 * that parts can be had, and its Content-Length is the size, which other sites may read unlike Content-Range.
 *
 * @throws Error with a full sentence when the address is none, the server refuses, or the file is too large
 */
export async function openAddress(address: string, options: AddressOptions = {}): Promise<SourceFile> {
  const url = parse(address);
  const { signal, onProgress } = options;
  const response = await request(url, { headers: { Range: 'bytes=0-' }, signal });
  const path = nameOf(url, response);
  const length = Number(response.headers.get('Content-Length') ?? NaN);
  const size = sizeIn(response) ?? (Number.isSafeInteger(length) ? length : null);
  if (response.status === 206 && size !== null) {
    await response.body?.cancel();
    return { path, size, bytes: rangeFile(url, size, /\.parquet$/i.test(path) ? PARQUET_BLOCK : BLOCK) };
  }
  const blob = await wholeBody(response, url, size, onProgress, signal);
  return { path, size: blob.size, bytes: blobFile(blob) };
}

function parse(address: string): URL {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error(`"${address.slice(0, 200)}" is no web address. It must begin with https://.`);
  return url;
}

/** GET only, and no header but Range: anything more makes browsers ask first, which file servers often refuse. */
async function request(url: URL, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch (cause) {
    init.signal?.throwIfAborted();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `${url.host} cannot be reached from this page (${why}): you are offline, or its server does not let other sites read the file. Download it and drop it here.`,
      { cause },
    );
  }
  if (response.ok) return response;
  await response.body?.cancel();
  throw new Error(
    `${url.host} answers ${response.status} ${response.statusText} for ${url.pathname}. Check the address.`,
  );
}

/** "Content-Range: bytes 0-99/1234", where it may be read. */
function sizeIn(response: Response): number | null {
  const total = /\/(\d+)\s*$/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  return total === undefined ? null : Number(total);
}

/** The last part of the path; redirects may have led to an address without a telling name, so the one asked for counts. */
function nameOf(url: URL, response: Response): string {
  const said = /filename="?([^";]+)"?/i.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
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

async function wholeBody(
  response: Response,
  url: URL,
  size: number | null,
  onProgress: Progress | undefined,
  signal: AbortSignal | undefined,
): Promise<Blob> {
  const tooLarge = () =>
    new Error(
      `The file at ${url.host} is larger than 2 GB and its server does not give it in parts. Download it and drop it here.`,
    );
  if (size !== null && size > MAX_WHOLE) {
    await response.body?.cancel();
    throw tooLarge();
  }
  const chunks: Bytes[] = [];
  let loaded = 0;
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) break;
      signal?.throwIfAborted();
      loaded += next.value.length;
      if (loaded > MAX_WHOLE) throw tooLarge();
      chunks.push(next.value);
      onProgress?.(loaded, size);
    }
  } catch (cause) {
    await reader?.cancel().catch(() => {}); // what failed has said so already
    throw cause;
  }
  return new Blob(chunks);
}

/** Parts are fetched in blocks and the last ones kept: directories and headers are read in many small steps. */
const BLOCK = 256 * 1024;
const KEPT_BLOCKS = 16;
/** Label columns of parquet files are small and lie far apart, and hyparquet asks for them whole: reading ahead would load images. */
const PARQUET_BLOCK = 4 * 1024;

/** @param size of the file, in bytes. @param block bytes that small reads are rounded to */
function rangeFile(url: URL, size: number, block: number): ByteFile {
  const kept = new Map<number, Promise<Bytes>>();
  const load = async (begin: number, end: number, signal?: AbortSignal): Promise<Bytes> => {
    const response = await request(url, { headers: { Range: `bytes=${begin}-${end - 1}` }, signal });
    if (response.status !== 206) {
      await response.body?.cancel();
      throw new Error(`${url.host} stopped giving the file in parts. Download it and drop it here.`);
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length !== end - begin)
      throw new Error(`${url.host} gave ${bytes.length} bytes instead of ${end - begin}; the file may have changed.`);
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
    const blocks = await Promise.all(first === last ? [blockAt(first)] : [blockAt(first), blockAt(last)]);
    signal?.throwIfAborted();
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
      const response = await request(url, { signal });
      const reader = response.body?.getReader();
      try {
        for (;;) {
          const next = await reader?.read();
          if (!next || next.done) return;
          signal?.throwIfAborted();
          yield next.value;
        }
      } finally {
        await reader?.cancel().catch(() => {}); // the connection may be gone already
      }
    },
  };
}
