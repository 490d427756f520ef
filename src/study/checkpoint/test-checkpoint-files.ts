/** Checkpoint files in memory, for tests. */
import type { CheckpointFiles } from './checkpoint-store.ts';

export function memoryFiles(): CheckpointFiles & { readonly files: Map<string, Blob> } {
  const files = new Map<string, Blob>();
  return {
    files,
    names: () => Promise.resolve([...files.keys()]),
    read: (name) => Promise.resolve(files.get(name) ?? null),
    write(name, bytes) {
      files.set(name, new Blob([bytes]));
      return Promise.resolve();
    },
    remove(name) {
      files.delete(name);
      return Promise.resolve();
    },
  };
}
