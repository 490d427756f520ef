/**
 * Reads zip archives without unpacking them as a whole: first the directory at the end, then single members on demand. Names, sizes and
 * ratios are checked before anything is unpacked, and bytes are counted while unpacking, since headers may lie.
 */
import { Reader, ZipReader, configure, type Entry, type FileEntry } from '@zip.js/zip.js';
import { asError, errorText } from '../../core/error-text.ts';
import { abortedAlso } from '../../platform/aborted-also.ts';
import type { ByteFile, Bytes } from '../files/byte-file.ts';
import { isPlainNumbers } from '../files/endings.ts';
import { isHostile } from '../files/paths.ts';
import { error, leftOut } from '../files/problem.ts';
import { FileLimit } from '../files/file-limit.ts';
import { MAX_IMAGE_BYTES, NO_FILES, readEach, type FileTree, type ListedFile } from '../files/file-tree.ts';
import { ARCHIVE_WORDS } from './messages.ts';

configure({ useWebWorkers: false }); // this code runs in a worker of its own

const MEGABYTE = 1024 * 1024;
/** Arrays and tables in an archive may be large; images are limited to MAX_IMAGE_BYTES when they are read. */
const MAX_MEMBER_BYTES = 2048 * MEGABYTE;
const MAX_TOTAL_BYTES = 16384 * MEGABYTE;
/** Deflate reaches 1032 : 1 on zeros; images are compressed already and stay near 1, plain bitmaps near 50. */
const MAX_RATIO = 200;
/** Below this size a high ratio does no harm. */
const SMALL = MEGABYTE;

class FileReader extends Reader<ByteFile> {
  readonly #file: ByteFile;
  readonly #signal: AbortSignal | undefined;
  constructor(file: ByteFile, signal: AbortSignal | undefined) {
    super(file);
    this.#file = file;
    this.#signal = signal;
    this.size = file.size ?? 0;
  }
  override async readUint8Array(index: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (!this.#file.slice) throw new Error(ARCHIVE_WORDS.zipInPacked);
    return this.#file.slice(index, index + length, this.#signal);
  }
}

/** Never throws for a bad archive: an unreadable one has no files, and an error among its problems. */
export async function openZip(file: ByteFile, signal?: AbortSignal): Promise<FileTree> {
  const members: FileEntry[] = [];
  const files: ListedFile[] = [];
  const names = new Set<string>();
  const left = new Map<string, string[]>();
  const leave = (why: string, path: string) => {
    const paths = left.get(why);
    if (paths) paths.push(path);
    else left.set(why, [path]);
  };
  let total = 0;
  const limit = new FileLimit();
  // bad names are checked here, one by one, instead of failing the archive
  const reader = new ZipReader(new FileReader(file, signal), { filenameValidation: 'tolerant' });
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      signal?.throwIfAborted();
      if (limit.isEnough) break;
      const path = entry.filename.replaceAll('\\', '/'); // PowerShell 5.1 writes backslashes
      const bad = entry.directory ? null : flaw(entry, names.has(path));
      if (isHostile(path)) {
        leave(ARCHIVE_WORDS.hostile, path);
      } else if (bad) {
        leave(bad, path);
      } else if (limit.takes(path)) {
        total += entry.uncompressedSize;
        names.add(path);
        files.push({ path: entry.directory && !path.endsWith('/') ? `${path}/` : path, size: entry.uncompressedSize });
        members.push(entry as FileEntry);
      }
    }
  } catch (cause) {
    signal?.throwIfAborted();
    return broken(ARCHIVE_WORDS.noZip(errorText(cause)));
  }
  if (total > MAX_TOTAL_BYTES)
    return broken(ARCHIVE_WORDS.tooLarge(total / MEGABYTE / 1024, MAX_TOTAL_BYTES / MEGABYTE / 1024));
  const problems = [...limit.problems, ...[...left].flatMap(([why, paths]) => leftOut(paths, 'file', why))];
  const member = (at: number): ByteFile => ({
    size: files[at].size,
    slice: null,
    stream: (inner) => unpack(members[at], MAX_MEMBER_BYTES, inner),
  });
  return { files, problems, file: member, read: (wanted, inner) => readEach(member, wanted, inner) };
}

function broken(message: string): FileTree {
  return { ...NO_FILES, problems: [error(null, message)] };
}

/** Why a member is skipped, or null. */
function flaw(entry: Entry, repeated: boolean): string | null {
  if (entry.encrypted) return ARCHIVE_WORDS.encrypted;
  if (repeated) return ARCHIVE_WORDS.repeated;
  if (entry.uncompressedSize > MAX_MEMBER_BYTES) return ARCHIVE_WORDS.larger(MAX_MEMBER_BYTES / MEGABYTE);
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  // raw arrays of drawings pack well; only what claims to be an image is judged so strictly
  const limit = entry.uncompressedSize > MAX_IMAGE_BYTES || isPlainNumbers(entry.filename) ? 1000 : MAX_RATIO;
  if (entry.uncompressedSize > SMALL && ratio > limit) return ARCHIVE_WORDS.unpacksToTimes(limit);
  return null;
}

/** Unpacks a member in pieces, as fast as they are consumed. */
async function* unpack(entry: FileEntry, limit: number, signal?: AbortSignal): AsyncGenerator<Bytes, void, undefined> {
  const pipe = new TransformStream<Bytes, Bytes>();
  const stop = abortedAlso(signal);
  const reader = pipe.readable.getReader();
  const packing = entry.getData(pipe.writable, {
    checkSignature: true,
    signal: stop.signal,
  });
  let failure: Error | null = null;
  packing.catch((cause: unknown) => {
    failure = asError(cause);
    void reader.cancel(failure).catch(() => {});
  });
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
      if (bytes > Math.min(entry.uncompressedSize, limit)) throw new Error(ARCHIVE_WORDS.longerThanSaid);
      yield value.slice();
    }
    await packing;
    if (failure) throw failure as Error;
    if (bytes !== entry.uncompressedSize) throw new Error(ARCHIVE_WORDS.shorterThanSaid);
  } finally {
    stop.abort();
    await reader.cancel().catch(() => {}); // the failure was reported already
  }
}
