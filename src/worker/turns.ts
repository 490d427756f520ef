/** Turns at the engine: which requests wait, which they stop, and what the engine forgets before each. */
import type { PictureDesk } from './picture-desk.ts';
import { RULES, type CallName, type WorkerRequest } from './protocol.ts';

export const isAboutPictures = (request: WorkerRequest): request is WorkerRequest<'predict' | 'look-inside'> =>
  RULES[request.type].question === 'pictures';

/** An estimate at a known pace is arithmetic alone. */
const turnOf = (request: WorkerRequest) =>
  request.type === 'estimate' && request.pace !== null ? 'now' : RULES[request.type].turn;

/** What else follows from a turn. */
interface Effects {
  readonly forgetBench: () => void;
  /** Until when the engine waits for a device that is lost in this turn. Null: as long as one may come. */
  readonly waitUntil: (signal: AbortSignal | null) => void;
}

export class Turns {
  private queue: Promise<void> = Promise.resolve();
  /** One for the running and waiting requests of each type, but for those about pictures. */
  private readonly controllers = new Map<CallName, AbortController>();

  constructor(
    private readonly desk: Pick<PictureDesk, 'take' | 'stop' | 'forgetEngine' | 'forgetModel'>,
    private readonly effects: Effects,
  ) {}

  /** @param work never rejects; the signal stops a question */
  take(request: WorkerRequest, work: (signal: AbortSignal) => Promise<void>): void {
    const { question, keepsBench } = RULES[request.type];
    const turn = turnOf(request);
    if (turn === 'now') {
      void work(this.controllerOf(request.type).signal);
      return;
    }
    if (turn !== 'engine') {
      this.desk.stop();
      for (const type of this.controllers.keys()) this.stop(type);
    }
    const signal = this.signalOf(request);
    this.queue = this.queue.then(() => {
      // The engine is about to load another backbone.
      if (!keepsBench) this.effects.forgetBench();
      if (question !== 'pictures') this.desk.forgetEngine();
      if (turn === 'study') this.desk.forgetModel();
      // Whoever comes behind a question that is stopped would have to wait for the device as well.
      this.effects.waitUntil(question ? signal : null);
      return work(signal);
    });
  }

  /** Stops what runs or waits of a type; what follows begins anew. */
  stop(type: CallName): void {
    this.controllers.get(type)?.abort();
    this.controllers.delete(type);
  }

  private controllerOf(type: CallName): AbortController {
    const controller = this.controllers.get(type) ?? new AbortController();
    this.controllers.set(type, controller);
    return controller;
  }

  /** A newer question stops those of its type. Others wait for their turn: whoever asked them may not ask again. */
  private signalOf(request: WorkerRequest): AbortSignal {
    if (isAboutPictures(request)) return this.desk.take(request.id, request.line);
    this.stop(request.type);
    return this.controllerOf(request.type).signal;
  }
}
