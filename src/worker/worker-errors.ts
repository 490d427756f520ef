/** Why the study worker answers no more. */
import { CODE_WORDS } from '../core/messages.ts';
import { WORKER_WORDS } from './words.ts';

/** The worker died: everything it held (the engine, unfinished runs) is gone. The next request starts a new one. */
export class WorkerCrash extends Error {
  override readonly name = 'WorkerCrash';
  /** The browser's message, for people; empty if it gives none. */
  readonly reason: string;

  constructor(reason = '') {
    super(WORKER_WORDS.crashed(reason));
    this.reason = reason;
  }
}

/** The worker's program could not be had. */
export class WorkerNotLoaded extends Error {
  override readonly name = 'WorkerNotLoaded';

  constructor() {
    super(CODE_WORDS.missing);
  }
}

/** The worker was terminated on request. */
export class WorkerClosed extends Error {
  override readonly name = 'WorkerClosed';
}
