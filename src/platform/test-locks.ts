/** Locks of a browser in memory, for tests. */

interface HeldLock {
  readonly clientId: string;
  readonly running: Promise<unknown>;
}

/** Exclusive locks; whoever may wait does. @param held what this tab and others hold */
export function memoryLocks(clientId = 'a tab', held = new Map<string, HeldLock>()): LockManager {
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
    request: request as LockManager['request'],
    query: () =>
      Promise.resolve({ held: [...held].map(([name, lock]) => ({ name, clientId: lock.clientId })), pending: [] }),
  };
}
