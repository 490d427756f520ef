/** Folders of files in the browser's private file system (OPFS): what lies there, for the stores of models, adapters and data sets. */
import { fileIn, ifFound } from './origin-files.ts';

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
  /** With all of its files. Nothing happens when it is not there. */
  remove(folder: string): Promise<void>;
}

/** @param root opens the folder they lie in, or throws what its store says where nothing is kept */
export const originFolders = (root: () => Promise<FileSystemDirectoryHandle>): OriginFolders => ({
  async folders() {
    const names: string[] = [];
    for await (const [name, { kind }] of (await root()).entries()) if (kind === 'directory') names.push(name);
    return names;
  },
  async files(folder) {
    const found: StoredFile[] = [];
    const directory = await ifFound((await root()).getDirectoryHandle(folder));
    if (!directory) return found;
    for await (const [name, handle] of directory.entries())
      if (handle.kind === 'file') found.push({ name, bytes: (await handle.getFile()).size });
    return found;
  },
  async read(folder, file) {
    const directory = await ifFound((await root()).getDirectoryHandle(folder));
    return directory && fileIn(directory, file);
  },
  async remove(folder) {
    await ifFound((await root()).removeEntry(folder, { recursive: true }));
  },
});

export const bytesOf = (files: readonly StoredFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);
