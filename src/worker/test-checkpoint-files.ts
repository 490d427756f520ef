/** Checkpoint files and locks in memory, for tests. */
import type { CheckpointFiles, Locks } from './checkpoint-store.ts';

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

export function memoryLocks(): Locks {
  const held = new Set<string>();
  const request = async (name: string, _options: LockOptions, work: LockGrantedCallback<unknown>) => {
    if (held.has(name)) return work(null);
    held.add(name);
    try {
      return await work({ name, mode: 'exclusive' });
    } finally {
      held.delete(name);
    }
  };
  return {
    request: request as Locks['request'],
    query: () => Promise.resolve({ held: [...held].map((name) => ({ name })), pending: [] }),
  };
}
