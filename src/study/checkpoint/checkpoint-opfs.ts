/** Checkpoint files in the browser's private file system (OPFS). Closing a file replaces it whole, so a crash leaves the old one. */
import { ifFound, originFolder } from '../../model/origin-files.ts';
import type { CheckpointFiles } from './checkpoint-store.ts';

const FOLDER = 'checkpoints';

const folder = (): Promise<FileSystemDirectoryHandle> => originFolder(FOLDER);

export const checkpointFiles: CheckpointFiles = {
  async names() {
    const names: string[] = [];
    for await (const name of (await folder()).keys()) names.push(name);
    return names;
  },
  async read(name) {
    const handle = await ifFound((await folder()).getFileHandle(name));
    return handle && ifFound(handle.getFile());
  },
  async write(name, bytes) {
    const handle = await (await folder()).getFileHandle(name, { create: true });
    const file = await handle.createWritable();
    await file.write(bytes);
    await file.close();
  },
  remove: async (name) => void (await ifFound((await folder()).removeEntry(name))),
};
