/** Files of a model at their source: a server, or a folder dropped on the page. */
import { blobBytes, type ByteSource } from '../../platform/byte-source.ts';
import { getPrefix, getWhole, streamRange, type Prefix } from '../../platform/http/get-file.ts';
import type { HttpOptions } from '../../platform/http/request.ts';
import { HttpRefusal } from '../../platform/http/source-error.ts';
import { breather } from '../../platform/next-task.ts';
import { parseDigest } from '../../platform/sha256.ts';
import { fileAddress, type ModelRef } from './model-id.ts';
import { HUB_WORDS } from './words.ts';

interface FileHead extends Pick<Prefix, 'bytes' | 'total' | 'version'> {
  /** SHA-256 of the whole file, if it is known. */
  readonly digest: string | null;
}

export interface ModelFiles {
  /** A small file; null if there is none. @param limit maximum size in bytes */
  whole(file: string, limit: number): Promise<Uint8Array<ArrayBuffer> | null>;
  /** The first bytes of a large file, fewer when it is shorter; null where there is none. */
  prefix(file: string, count: number): Promise<FileHead | null>;
  /** As streamRange. @param version of the file, which others must not be; null: not known */
  stream(
    file: string,
    begin: number,
    end: number,
    version: string | null,
    take: (bytes: Uint8Array, position: number) => Promise<boolean>,
  ): Promise<void>;
}

/** @param ref at a commit, for a hub. @param digests SHA-256 of files, if the hub reported them */
export function remoteFiles(ref: ModelRef, digests: ReadonlyMap<string, string>, http: HttpOptions): ModelFiles {
  let isOpen = false;
  /** A bucket that may not be listed says 403 of what it lacks; a folder that is closed says so of its first file. */
  const isMissing = (status: number) => status === 404 || (status === 403 && ref.kind === 'url' && isOpen);
  const unlessMissing = async <T>(work: Promise<T>): Promise<T | null> => {
    try {
      const found = await work;
      isOpen = true;
      return found;
    } catch (error) {
      if (error instanceof HttpRefusal && isMissing(error.status)) return null;
      throw error;
    }
  };
  return {
    async whole(file, limit) {
      const found = await unlessMissing(getWhole(fileAddress(ref, file), limit, http));
      return found && found.bytes;
    },
    async prefix(file, count) {
      const found = await unlessMissing(getPrefix(fileAddress(ref, file), count, http));
      if (!found) return null;
      const { bytes, total, headers } = found;
      // In the answers of hubs, unless they redirect.
      const digest = digests.get(file) ?? parseDigest(headers.get('x-linked-etag'));
      // The files of a commit cannot change, but the hosts behind a hub may report different versions for the same file.
      const version = ref.kind === 'hub' ? null : found.version;
      return { bytes, total, digest, version };
    },
    stream: (file, begin, end, version, take) => streamRange(fileAddress(ref, file), begin, end, version, take, http),
  };
}

const COPY_BYTES = 4_000_000;

/** @param open random access to a file by its name; null where there is none */
export function openedFiles(open: (file: string) => ByteSource | null, signal: AbortSignal): ModelFiles {
  return {
    whole(file, limit) {
      const source = open(file);
      if (source && source.size > limit) throw new RangeError(HUB_WORDS.tooManyBytes(file, source.size));
      return Promise.resolve(source && source.read(0, source.size));
    },
    prefix(file, count) {
      const source = open(file);
      const bytes = source && source.read(0, Math.min(count, source.size));
      return Promise.resolve(source && bytes && { bytes, total: source.size, digest: null, version: null });
    },
    async stream(file, begin, end, _version, take) {
      const source = open(file);
      if (!source) throw new Error(HUB_WORDS.fileGone(file));
      const breathe = breather();
      for (let at = begin; at < end; at += COPY_BYTES) {
        await breathe(); // An abort is a message.
        signal.throwIfAborted();
        if (!(await take(source.read(at, Math.min(at + COPY_BYTES, end)), at))) return;
      }
    },
  };
}

/** @param blobs by file name, without folders */
export const droppedFiles = (blobs: ReadonlyMap<string, Blob>, signal: AbortSignal): ModelFiles =>
  openedFiles((file) => {
    const blob = blobs.get(file);
    return blob ? blobBytes(blob) : null;
  }, signal);
