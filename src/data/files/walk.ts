/** Dropped folders → files, through the entries API: `dataTransfer.files` shows a folder as one empty file. */
import type { ListedFile } from './file-tree.ts';
import { FileLimit } from './file-limit.ts';
import { MAX_LISTED } from './limits.ts';

export interface DroppedFile extends ListedFile {
  /** Null for an empty folder, whose path ends in "/", or for a file that cannot be read or lies beyond the limit. */
  readonly blob: Blob | null;
}

/** Must be called in the drop handler itself: the items are emptied as soon as it returns. */
export function entriesOf(items: DataTransferItemList): FileSystemEntry[] {
  return Array.from(items)
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
}

/**
 * All files below the entries, at any depth, breadth first. A file or folder that cannot be read (deleted meanwhile, no permission) becomes a
 * file of zero bytes, which the plan names. Those beyond the limit of what is looked at are only counted, and stay closed.
 *
 * @throws the signal's reason when aborted
 */
export async function walkEntries(
  entries: readonly FileSystemEntry[],
  signal?: AbortSignal,
  limit = MAX_LISTED,
): Promise<DroppedFile[]> {
  const found: DroppedFile[] = [];
  const queue = [...entries];
  const looked = new FileLimit();
  for (let at = 0; at < queue.length && found.length < limit; at++) {
    signal?.throwIfAborted();
    const entry = queue[at];
    const path = entry.fullPath.replace(/^\/+/, '');
    if (entry.isFile) {
      const blob = looked.takes(path) ? await fileOf(entry as FileSystemFileEntry) : null;
      found.push({ path, size: blob?.size ?? 0, blob });
    } else {
      const children = await childrenOf(entry as FileSystemDirectoryEntry, limit);
      if (children.length === 0) found.push({ path: `${path}/`, size: 0, blob: null });
      for (const child of children) queue.push(child); // as arguments of one call they may be too many
    }
  }
  return found;
}

/** From `<input type="file" webkitdirectory>` or from pasted files. */
export function fromFileList(files: Iterable<File>): DroppedFile[] {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, size: file.size, blob: file }));
}

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(null)));
}

/** `readEntries` gives at most a hundred at a time and an empty list at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry, limit: number): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0 || children.length > limit) return children;
    children.push(...some);
  }
}
