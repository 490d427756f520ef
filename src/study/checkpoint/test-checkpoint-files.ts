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

interface HeldLock {
  readonly clientId: string;
  readonly running: Promise<unknown>;
}

/** Exclusive locks; whoever may wait does. @param held what this tab and others hold */
export function memoryLocks(clientId = 'a tab', held = new Map<string, HeldLock>()): Locks {
  const request = async (name: string, options: LockOptions, work: LockGrantedCallback<unknown>) => {
    if (options.ifAvailable && held.has(name)) return work(null);
    if (held.has(name)) options.signal?.throwIfAborted();
    while (held.has(name)) await held.get(name)?.running;
    const running = Promise.resolve()
      .then(() => work({ name, mode: 'exclusive' }))
      .finally(() => held.delete(name));
    held.set(name, { clientId, running });
    return running;
  };
  return {
    request: request as Locks['request'],
    query: () =>
      Promise.resolve({ held: [...held].map(([name, lock]) => ({ name, clientId: lock.clientId })), pending: [] }),
  };
}
