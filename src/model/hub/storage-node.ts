/** Models in a folder on disk: for the headless runner and the tests. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ByteSource } from '../../platform/byte-source.ts';
import { bytesOf } from '../../platform/origin-folders.ts';
import { renamed } from '../../platform/rename-node.ts';
import type { FileAppender, ModelStorage } from './storage.ts';

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** A file on disk, opened for each read: nothing has to be closed. */
export function diskBytes(file: string): ByteSource {
  const withFile = <R>(use: (descriptor: number) => R): R => {
    const descriptor = openSync(file, 'r');
    try {
      return use(descriptor);
    } finally {
      closeSync(descriptor);
    }
  };
  return {
    size: withFile((descriptor) => fstatSync(descriptor).size),
    read: (begin, end) =>
      withFile((descriptor) => {
        const bytes = new Uint8Array(end - begin);
        let done = 0;
        while (done < bytes.length) {
          const count = readSync(descriptor, bytes, done, bytes.length - done, begin + done);
          if (count === 0)
            throw new Error(`${path.basename(file)} ends at byte ${begin + done}; ${end} bytes were expected.`);
          done += count;
        }
        return bytes;
      }),
  };
}

/** @param root is made when something is written. */
export function diskStorage(root: string): ModelStorage {
  const at = (folder: string, file: string) => path.join(root, folder, file);
  const files: ModelStorage['files'] = async (folder) => {
    try {
      const names = await readdir(path.join(root, folder));
      return await Promise.all(names.map(async (name) => ({ name, bytes: (await stat(at(folder, name))).size })));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  };
  const folders: ModelStorage['folders'] = async () => {
    try {
      const entries = await readdir(root, { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  };
  return {
    folders,
    files,
    async read(folder, file) {
      try {
        return new Uint8Array(await readFile(at(folder, file))).buffer;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async write(folder, file, bytes) {
      await mkdir(path.join(root, folder), { recursive: true });
      // Never half written, whenever the process ends.
      await writeFile(at(folder, `${file}.new`), bytes);
      await renamed(at(folder, `${file}.new`), at(folder, file));
    },
    async open(folder, file) {
      try {
        await stat(at(folder, file));
        return diskBytes(at(folder, file));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async append(folder, file, keep): Promise<FileAppender> {
      await mkdir(path.join(root, folder), { recursive: true });
      const handle = await open(at(folder, file), keep > 0 ? 'r+' : 'w');
      await handle.truncate(keep);
      let position = keep;
      return {
        async write(bytes) {
          await handle.write(bytes, 0, bytes.length, position);
          position += bytes.length;
        },
        close: () => handle.close(),
      };
    },
    async move(from, to) {
      await rm(path.join(root, to), { recursive: true, force: true });
      await renamed(path.join(root, from), path.join(root, to));
    },
    remove: (folder) => rm(path.join(root, folder), { recursive: true, force: true }),
    async use() {
      const all = await Promise.all((await folders()).map(files));
      return { used: bytesOf(all.flat()), free: null };
    },
  };
}
