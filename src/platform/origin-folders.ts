/** Folders of files in the browser's private file system (OPFS): what lies there, for the stores of models, adapters and data sets. */
import { fileIn, ifFound, isNamed } from './origin-files.ts';
import { ORIGIN_WORDS } from './origin-words.ts';

export interface StoredFile {
  readonly name: string;
  readonly bytes: number;
}

export interface OriginFolders {
  /** Names of the folders there are. */
  folders(): Promise<string[]>;
  /** Names and sizes of a folder's files; empty when there is no such folder. */
  files(folder: string): Promise<StoredFile[]>;
  /** Null when it is not there. */
  read(folder: string, file: string): Promise<File | null>;
  /** What is in a file; null when it is not there. Also where another tab replaces or removes it meanwhile. */
  content(folder: string, file: string): Promise<ArrayBuffer | null>;
  /** With all of its files. Nothing happens when it is not there. @throws Error in words while another tab writes one of them */
  remove(folder: string): Promise<void>;
}

/** How often a file is opened anew that another tab replaces while it is read. */
const MOST_TRIES = 5;

/** Whether the file that was opened is no more what its folder has. */
const isReplaced = (error: unknown): boolean => isNamed(error, 'NotFoundError') || isNamed(error, 'NotReadableError');

/** @param open null when there is no such file */
async function wholeOf(open: () => Promise<File | null>): Promise<ArrayBuffer | null> {
  for (let tries = 1; ; tries++) {
    const file = await open();
    try {
      return file && (await file.arrayBuffer());
    } catch (error) {
      if (!isReplaced(error) || tries === MOST_TRIES) throw error;
    }
  }
}

/** Names and sizes of what lies in a folder. Another tab may take away any of it meanwhile, or all of it. */
async function listed(directory: FileSystemDirectoryHandle): Promise<StoredFile[]> {
  const found: StoredFile[] = [];
  for await (const [name, handle] of directory.entries()) {
    const file = handle.kind === 'file' ? await ifFound(handle.getFile()) : null;
    if (file) found.push({ name, bytes: file.size });
  }
  return found;
}

/** @param root opens the folder they lie in, or throws what its store says where nothing is kept */
export const originFolders = (root: () => Promise<FileSystemDirectoryHandle>): OriginFolders => {
  const read = async (folder: string, file: string): Promise<File | null> => {
    const directory = await ifFound((await root()).getDirectoryHandle(folder));
    return directory && fileIn(directory, file);
  };
  return {
    read,
    content: (folder, file) => wholeOf(() => read(folder, file)),
    async folders() {
      const names: string[] = [];
      for await (const [name, { kind }] of (await root()).entries()) if (kind === 'directory') names.push(name);
      return names;
    },
    async files(folder) {
      const directory = await ifFound((await root()).getDirectoryHandle(folder));
      return (directory && (await ifFound(listed(directory)))) ?? [];
    },
    async remove(folder) {
      try {
        await ifFound((await root()).removeEntry(folder, { recursive: true }));
      } catch (error) {
        throw isNamed(error, 'NoModificationAllowedError') ? new Error(ORIGIN_WORDS.busy, { cause: error }) : error;
      }
    },
  };
};

export const bytesOf = (files: readonly StoredFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);
