/**
 * Tar archives (ustar, PAX, GNU), listed by jumping from header to header. With random access the members are not read; in a packed archive
 * they are streamed and discarded. Format: POSIX.1-2017 pax, GNU tar manual "Basic Tar Format".
 */
import { asError, errorText } from '../../core/error-text.ts';
import { byteCursor, partOf, readRanges, type ByteCursor, type ByteFile } from '../files/byte-file.ts';
import { byteText } from '../files/byte-text.ts';
import { FILE_WORDS } from '../files/messages.ts';
import { FileLimit } from '../files/file-limit.ts';
import { isHostile } from '../files/paths.ts';
import { error, leftOut, warning, type Problem } from '../files/problem.ts';
import { MAX_IMAGE_BYTES, NO_FILES, type FileTree, type ListedFile } from '../files/file-tree.ts';
import { ARCHIVE_WORDS } from './messages.ts';

const BLOCK = 512;
/** Size limit of extended headers, which hold names and times. */
const MAX_EXTENSION = 1024 * 1024;

export interface TarHeader {
  readonly path: string;
  readonly size: number;
  /** '0' file, '5' folder, 'x' and 'g' PAX, 'L' GNU long name, others. */
  readonly type: string;
}

const utf8 = new TextDecoder();

/** @param block 512 bytes. @returns null when it is not a header: its checksum must match */
export function tarHeader(block: Uint8Array): TarHeader | null {
  if (block.length < BLOCK) return null;
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : block[i];
  if (octal(block.subarray(148, 156)) !== sum) return null;
  const size = sizeOf(block.subarray(124, 136));
  if (size === null) return null;
  const name = text(block.subarray(0, 100));
  const ustar = byteText(block.subarray(257, 263)) === 'ustar\0'; // GNU writes "ustar " and other fields at the prefix
  const prefix = ustar ? text(block.subarray(345, 500)) : '';
  const type = block[156] === 0 || block[156] === 0x37 ? '0' : String.fromCharCode(block[156]);
  return { path: prefix ? `${prefix}/${name}` : name, size, type };
}

/** Whether a file that begins so is a tar archive. @param head at least 512 bytes of it */
export function isTar(head: Uint8Array): boolean {
  return tarHeader(head.subarray(0, BLOCK)) !== null;
}

function text(field: Uint8Array): string {
  const end = field.indexOf(0);
  return utf8.decode(end < 0 ? field : field.subarray(0, end));
}

function octal(field: Uint8Array): number {
  const digits = byteText(field).replace(/\0.*$/s, '').trim();
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : digits === '' ? 0 : NaN;
}

/** Octal, or base 256 after a set top bit for more than 8 GB. */
function sizeOf(field: Uint8Array): number | null {
  let size = 0;
  if (field[0] & 0x80)
    for (let i = 0; i < field.length; i++) size = size * 256 + (i === 0 ? field[0] & 0x7f : field[i]);
  else size = octal(field);
  return Number.isSafeInteger(size) ? size : null;
}

/** "length key=value\n" records; the length counts itself. */
export function paxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 || space - at > 10 ? NaN : Number(byteText(bytes.subarray(at, space)));
    if (!Number.isInteger(length) || length <= space - at + 1 || at + length > bytes.length) break;
    const record = utf8.decode(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}

interface Member extends ListedFile {
  readonly offset: number;
}

interface Listed {
  readonly members: Member[];
  /** Links, devices and sparse files. */
  readonly special: string[];
  /** Why the listing ended early, or null. */
  readonly cut: string | null;
  readonly limit: FileLimit;
}

async function list(cursor: ByteCursor, size: number | null): Promise<Listed> {
  const members: Member[] = [];
  const special: string[] = [];
  const limit = new FileLimit();
  const done = (cut: string | null) => ({ members, special, cut, limit });
  let next = new Map<string, string>();
  while (!limit.isEnough) {
    const block = await cursor.take(BLOCK);
    if (block.length < BLOCK || block.every((byte) => byte === 0)) return done(null);
    const header = tarHeader(block);
    if (!header) return done(ARCHIVE_WORDS.headerDamaged);
    const extension = 'xgLK'.includes(header.type);
    if (extension && header.size > MAX_EXTENSION) return done(ARCHIVE_WORDS.headerDamaged);
    if (extension) {
      const content = await cursor.take(header.size);
      if (content.length < header.size) return done(ARCHIVE_WORDS.endsInHeader);
      await cursor.skip(padding(header.size));
      if (header.type === 'x') next = new Map([...next, ...paxRecords(content)]);
      if (header.type === 'L') next.set('path', text(content));
      continue;
    }
    const path = next.get('path') ?? header.path;
    const bytes = Number(next.get('size') ?? header.size);
    const sparse = header.type === 'S' || [...next.keys()].some((key) => key.startsWith('GNU.sparse'));
    next = new Map();
    if (!Number.isSafeInteger(bytes) || bytes < 0) return done(ARCHIVE_WORDS.headerDamaged);
    const offset = cursor.position;
    await cursor.skip(bytes + padding(bytes));
    if (size !== null && offset + bytes > size) return done(ARCHIVE_WORDS.endsInFile);
    const isFolder = header.type === '5';
    if (!isFolder && (header.type !== '0' || sparse)) special.push(path);
    else if (!limit.takes(path)) continue;
    else if (isFolder) members.push({ path: path.endsWith('/') ? path : `${path}/`, size: 0, offset });
    else members.push({ path, size: bytes, offset });
  }
  return done(null);
}

const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

/** Never throws for a bad archive: an unreadable one has no files, and an error among its problems. */
export async function openTar(file: ByteFile, signal?: AbortSignal): Promise<FileTree> {
  const cursor = byteCursor(file, signal);
  let listed: Listed;
  try {
    listed = await list(cursor, file.size);
  } catch (cause) {
    signal?.throwIfAborted();
    return { ...NO_FILES, problems: [error(null, ARCHIVE_WORDS.unreadable(errorText(cause)))] };
  } finally {
    await cursor.close().catch(() => {}); // closing after a failure fails again
  }
  const { members: all, special, cut, limit } = listed;
  if (all.length === 0 && cut) {
    return { ...NO_FILES, problems: [error(null, ARCHIVE_WORDS.noTar(cut))] };
  }
  const problems: Problem[] = limit.problems;
  if (cut) problems.push(warning(null, ARCHIVE_WORDS.cut(all.length, cut)));
  const hostile = all.filter(({ path }) => isHostile(path)).map(({ path }) => path);
  problems.push(...leftOut(hostile, 'file', ARCHIVE_WORDS.hostile), ...leftOut(special, 'file', ARCHIVE_WORDS.special));
  // a later file of a name replaces the earlier one, as when the archive is unpacked
  const byPath = new Map(all.filter(({ path }) => !isHostile(path)).map((member) => [member.path, member]));
  const members = [...byPath.values()].sort((a, b) => a.offset - b.offset);
  return {
    files: members.map(({ path, size }) => ({ path, size })),
    problems,
    file: (at) => partOf(file, members[at].offset, members[at].size),
    read: (wanted, inner) => readMembers(file, members, wanted, inner),
  };
}

/** In the order of the archive, in one pass. */
async function* readMembers(
  file: ByteFile,
  members: readonly Member[],
  wanted: readonly number[],
  signal?: AbortSignal,
): ReturnType<FileTree['read']> {
  const order = [...wanted].sort((a, b) => members[a].offset - members[b].offset);
  for (const at of order.filter((i) => members[i].size > MAX_IMAGE_BYTES))
    yield { at, error: new Error(FILE_WORDS.larger(MAX_IMAGE_BYTES / 1024 / 1024)) };
  const small = order.filter((i) => members[i].size <= MAX_IMAGE_BYTES);
  const ranges = small.map((i) => ({ begin: members[i].offset, end: members[i].offset + members[i].size }));
  let next = 0;
  try {
    for await (const value of readRanges(file, ranges, signal)) {
      signal?.throwIfAborted();
      const at = small[next++];
      yield value.length < members[at].size
        ? { at, error: new Error(ARCHIVE_WORDS.endsWithinIt) }
        : { at, value: value };
    }
  } catch (cause) {
    signal?.throwIfAborted();
    for (; next < small.length; next++) yield { at: small[next], error: asError(cause) };
  }
}
