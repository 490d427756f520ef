/**
 * Zip archives, read from a Blob without unpacking them as a whole: the directory first, members one by one when asked. Names, sizes and
 * ratios are judged before anything is unpacked, and the bytes are counted while it happens, since headers may lie.
 */
import { BlobReader, ZipReader, configure, type Entry, type FileEntry } from '@zip.js/zip.js';
import { isHostile } from './paths.ts';
import { MAX_FILES, type ListedFile } from './plan.ts';
import { error, warning, type Problem } from './problem.ts';

configure({ useWebWorkers: false }); // this code runs in a worker of its own

const MEGABYTE = 1024 * 1024;
/** Larger members are no images to train on. */
const MAX_MEMBER_BYTES = 64 * MEGABYTE;
const MAX_TOTAL_BYTES = 2048 * MEGABYTE;
/** Deflate reaches 1032 : 1 on zeros; images are compressed already and stay near 1, plain bitmaps near 50. */
const MAX_RATIO = 200;
/** Below this size a high ratio does no harm. */
const SMALL = MEGABYTE;

export interface Archive {
  readonly files: readonly ListedFile[];
  readonly problems: readonly Problem[];
  /**
   * Unpacks one listed file.
   *
   * @throws Error when it is damaged or larger than announced
   */
  readonly open: (path: string) => Promise<Blob>;
}

/** Never throws for a bad archive: an archive that cannot be read has no files and an error among its problems. */
export async function openArchive(blob: Blob): Promise<Archive> {
  const members = new Map<string, FileEntry>();
  const files: ListedFile[] = [];
  const problems: Problem[] = [];
  let total = 0;
  // bad names are judged here, one by one, instead of failing the archive
  const reader = new ZipReader(new BlobReader(blob), { filenameValidation: 'tolerant' });
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (files.length > MAX_FILES) break; // one beyond, so that the plan can say so
      const path = entry.filename;
      const bad = entry.directory ? null : flaw(entry, members.has(path));
      if (isHostile(path)) {
        problems.push(warning(path, `"${path}" left out: a path in an archive must not be absolute or contain "..".`));
      } else if (bad) {
        problems.push(warning(path, `"${path}" left out: ${bad}.`));
      } else {
        total += entry.uncompressedSize;
        files.push({ path: entry.directory && !path.endsWith('/') ? `${path}/` : path, size: entry.uncompressedSize });
        if (!entry.directory) members.set(path, entry);
      }
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return broken(`The archive cannot be read: it is no zip file, cut off or damaged (${why}). Pack the folder again.`);
  }
  if (total > MAX_TOTAL_BYTES) {
    const size = `${(total / MEGABYTE / 1024).toFixed(1)} GB`;
    return broken(
      `The archive would unpack to ${size}; at most ${MAX_TOTAL_BYTES / MEGABYTE / 1024} GB are read. Pack fewer images.`,
    );
  }
  return { files, problems, open: (path) => unpack(members, path) };
}

function broken(message: string): Archive {
  const open = (path: string) => Promise.reject(new Error(`"${path}" is not in the archive.`));
  return { files: [], problems: [error(null, message)], open };
}

/** Why a member is not even tried, or null. */
function flaw(entry: Entry, repeated: boolean): string | null {
  if (entry.encrypted) return 'it is encrypted, unpack it with its password first';
  if (repeated) return 'the archive holds another file of this name';
  if (entry.uncompressedSize > MAX_MEMBER_BYTES) return `it is larger than ${MAX_MEMBER_BYTES / MEGABYTE} MB`;
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > SMALL && ratio > MAX_RATIO)
    return `it would unpack to ${Math.round(ratio)} times its size`;
  return null;
}

async function unpack(members: ReadonlyMap<string, FileEntry>, path: string): Promise<Blob> {
  const entry = members.get(path);
  if (!entry) throw new Error(`"${path}" is not in the archive.`);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const counter = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(chunk) {
      bytes += chunk.length;
      if (bytes > entry.uncompressedSize) throw new Error('it is larger than the archive says');
      chunks.push(chunk.slice());
    },
  });
  await entry.getData(counter, { checkSignature: true });
  return new Blob(chunks);
}
