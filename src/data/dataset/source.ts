/** Opens the source of a data set as one file tree: archives are opened, everything else is unchanged. */
import { isArchive, isForeignArchive } from '../files/endings.ts';
import { limitedTree } from '../files/file-limit.ts';
import { NO_FILES, joinTrees, plainTree, type FileTree, type SourceFile } from '../files/file-tree.ts';
import { isTar, openTar } from '../archive/tar.ts';
import { openZip } from '../archive/zip.ts';
import { blobFile, headOf, type ByteFile } from '../files/byte-file.ts';
import { gunzipped, isGzip } from '../files/gunzip.ts';
import { writtenOnPage } from '../../platform/http/page-addresses.ts';
import { openAddress, type AddressOptions } from '../remote/address.ts';
import { hubFiles } from '../remote/hub.ts';
import { areSplits, segmentsOf, sideNamed, sideWithin, stemOf } from '../files/paths.ts';
import { leftOut, type Problem } from '../files/problem.ts';
import type { DroppedFile } from '../files/walk.ts';
import { PLAN_WORDS } from './messages.ts';

export type DatasetSource =
  | { readonly kind: 'files'; readonly files: readonly DroppedFile[] }
  | { readonly kind: 'address'; readonly url: string }
  /** A data set of the Hugging Face Hub or a server with the same interface. */
  | { readonly kind: 'hub'; readonly id: string; readonly base?: string; readonly config?: string };

export interface OpenedSource {
  readonly tree: FileTree;
  /** Name of the archive or the only file; null if there are several. */
  readonly name: string | null;
}

/** What a reader of the page names. @throws SourceError for an address that the page may not load from; Node may load from any */
export function sourceOnPage(source: DatasetSource): DatasetSource {
  if (source.kind === 'address') writtenOnPage(source.url);
  if (source.kind === 'hub' && source.base !== undefined) writtenOnPage(source.base);
  return source;
}

/** Progress and waiting are reported for addresses only. */
export type SourceOptions = AddressOptions;

/** @throws Error with a full sentence when an address cannot be read; the signal's reason when aborted */
export async function openSource(source: DatasetSource, options: SourceOptions = {}): Promise<OpenedSource> {
  switch (source.kind) {
    case 'files':
      return openFiles(
        source.files.map(({ path, size, blob }) => ({ path, size, bytes: blob && blobFile(blob) })),
        options.signal,
      );
    case 'address':
      return openFiles([await openAddress(source.url, options)], options.signal);
    case 'hub': {
      const { files, problems } = await hubFiles(source, options);
      const { tree } = await openFiles(files, options.signal);
      return {
        tree: { ...tree, problems: [...problems, ...tree.problems] },
        name: source.id.split('/').at(-1) ?? source.id,
      };
    }
  }
}

type Kind = 'zip' | 'tar' | 'tar.gz' | 'foreign' | 'plain';

/** Opens archives side by side. A problem in one of several is a warning, since the others may suffice. */
export async function openFiles(files: readonly SourceFile[], signal?: AbortSignal): Promise<OpenedSource> {
  const plain: (SourceFile & { bytes: ByteFile })[] = [];
  const archives: { path: string; kind: Kind; bytes: ByteFile }[] = [];
  const foreign: string[] = [];
  for (const file of files) {
    const { path, bytes } = file;
    const kind = bytes === null ? 'plain' : await kindOf(path, bytes, files.length === 1, signal);
    if (kind === 'plain' || bytes === null) plain.push({ ...file, bytes: bytes ?? EMPTY });
    else if (kind === 'foreign') foreign.push(path);
    else archives.push({ path, kind, bytes });
  }
  const alone = archives.length === 1 && plain.length === 0;
  const areAll = areSplits(archives.map(({ path }) => stemOf(path)));
  const opened: { prefix: string; tree: FileTree }[] = [{ prefix: '', tree: plainTree(plain) }];
  const unread = leftOut(foreign, 'archive', PLAN_WORDS.foreignArchive);
  opened.push({ prefix: '', tree: { ...NO_FILES, problems: unread } });
  for (const { path, kind, bytes } of archives) {
    const inner =
      kind === 'zip' ? await openZip(bytes, signal) : await openTar(kind === 'tar' ? bytes : gunzipped(bytes), signal);
    const problems = alone ? inner.problems : inner.problems.map((problem) => asPartOf(path, problem));
    opened.push({ prefix: alone ? '' : prefixOf(path, areAll), tree: { ...inner, problems } });
  }
  const only = files.length === 1 ? stemOf(files[0].path) : null;
  return { tree: limitedTree(joinTrees(opened)), name: only };
}

const EMPTY = blobFile(new Blob([]));

/**
 * Detects the kind from the first bytes if the name is that of an archive, or the only file has an uninformative name, because names and
 * contents do not always agree.
 */
async function kindOf(path: string, bytes: ByteFile, lone: boolean, signal?: AbortSignal): Promise<Kind> {
  if (isForeignArchive(path)) return 'foreign';
  const isNamed = isArchive(path);
  if (!isNamed && (!lone || /\.[a-z]\w{1,7}(\.gz)?$/i.test(path))) return 'plain';
  const head = await headOf(bytes, signal);
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return 'zip';
  if (isTar(head)) return 'tar';
  if (isGzip(head) && (isNamed || isTar(await headOf(gunzipped(bytes), signal)))) return 'tar.gz';
  if (!isNamed) return 'plain';
  // damaged; reported by whoever opens it
  return /\.zip$/i.test(path) ? 'zip' : /\.tar$/i.test(path) ? 'tar' : 'tar.gz';
}

/**
 * "data/train.tar" → "data/train/", so that archives named after splits or classes are like folders of these names.
 * @param areAll whether all archives are splits: "pets-train-000.tar"
 */
function prefixOf(path: string, areAll: boolean): string {
  const stem = stemOf(path);
  const side = sideNamed(stem) ?? (areAll ? sideWithin(stem) : null);
  return [...segmentsOf(path).slice(0, -1), side ?? stem, ''].join('/');
}

function asPartOf(archive: string, { message, count }: Problem): Problem {
  return { severity: 'warning', path: archive, message: PLAN_WORDS.inArchive(archive, message), count };
}
