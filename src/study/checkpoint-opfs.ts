/** Files of checkpoints in the browser's private file system (OPFS). A file is replaced whole when it is closed, so a crash leaves the old one. */
import type { CheckpointFiles } from './checkpoint-store.ts';

const FOLDER = 'checkpoints';

const folder = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });

async function unlessMissing<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return null;
    throw error;
  }
}

export const checkpointFiles: CheckpointFiles = {
  async names() {
    const names: string[] = [];
    for await (const name of (await folder()).keys()) names.push(name);
    return names;
  },
  read: (name) => unlessMissing(async () => (await (await folder()).getFileHandle(name)).getFile()),
  async write(name, bytes) {
    const handle = await (await folder()).getFileHandle(name, { create: true });
    const file = await handle.createWritable();
    await file.write(bytes);
    await file.close();
  },
  remove: async (name) => void (await unlessMissing(async () => (await folder()).removeEntry(name))),
};
