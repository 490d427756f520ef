/** A worker whose answers tests write. */
import type { LeftOpening, WorkerLike } from './connection.ts';
import type { DeviceWait, WorkerRequest, WorkerResponse } from './protocol.ts';

/** Starts fake workers, as `spawn` starts real ones, and keeps them. */
export function fakeWorkers() {
  const workers: FakeWorker[] = [];
  const spawn = (): FakeWorker => {
    workers.push(new FakeWorker());
    return workers[workers.length - 1];
  };
  return { workers, spawn };
}

/** What is remembered of openings over the end of a page, and pages that can be left. */
export function fakeOpenings(): { visit: () => { left: LeftOpening; leave: () => void } } {
  let was = false;
  return {
    visit() {
      const page = new EventTarget();
      return {
        left: {
          note: () => void (was = true),
          take() {
            const taken = was;
            was = false;
            return taken;
          },
          onLeave(listener) {
            page.addEventListener('pagehide', listener);
            return () => page.removeEventListener('pagehide', listener);
          },
        },
        leave: () => void page.dispatchEvent(new Event('pagehide')),
      };
    },
  };
}

export class FakeWorker implements WorkerLike {
  readonly received: WorkerRequest[] = [];
  terminated = false;
  private message: (event: MessageEvent<WorkerResponse | DeviceWait>) => void = () => undefined;
  private error: (event: { message?: string }) => void = () => undefined;

  transferred: Transferable[] = [];

  postMessage(message: WorkerRequest, transfer: Transferable[] = []): void {
    this.transferred = transfer;
    this.received.push(structuredClone(message));
  }
  addEventListener(type: 'message' | 'error', listener: (event: never) => void): void {
    if (type === 'message') this.message = listener as typeof this.message;
    else this.error = listener as typeof this.error;
  }
  terminate(): void {
    this.terminated = true;
  }
  answer(response: WorkerResponse | DeviceWait): void {
    this.message({ data: response } as MessageEvent<WorkerResponse | DeviceWait>);
  }
  /** Id of the latest request of a type. */
  idOf(type: WorkerRequest['type']): number {
    return this.received.findLast((request) => request.type === type)?.id ?? -1;
  }
  crash(message: string): void {
    this.error({ message });
  }
  /** Its program could not be had. */
  failToLoad(): void {
    this.error({});
  }
}
