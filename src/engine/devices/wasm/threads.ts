/** How a device starts helper threads: injected, because browsers and Node have different workers. */

/** What a helper thread needs; structured-cloneable. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** 1 … threads − 1; the caller is thread 0. */
  readonly index: number;
  readonly threads: number;
}

/** What a worker posts to the page, with a port: on it the page says null when the thread is ready, or why it is not, and hears when to end it. */
export interface ThreadRequest {
  readonly copraThread: ThreadStart;
}

/** A helper thread, which computes until it is terminated. */
export interface ThreadHandle {
  /** Resolves when the thread runs the kernels' `helper`; rejects when it cannot start. */
  readonly ready: Promise<void>;
  terminate(): void;
}

export type SpawnThread = (start: ThreadStart) => ThreadHandle;
