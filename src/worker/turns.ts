/** Turns at the engine: which requests wait, which they stop, and what the engine forgets before each. */
import type { PictureDesk } from './picture-desk.ts';
import { RULES, type WorkerRequest } from './protocol.ts';

export const isAboutPictures = (request: WorkerRequest): request is WorkerRequest<'predict' | 'look-inside'> =>
  RULES[request.type].question === 'pictures';

/** An estimate at a known pace is arithmetic alone. */
const turnOf = (request: WorkerRequest) =>
  request.type === 'estimate' && request.pace !== null ? 'now' : RULES[request.type].turn;

export class Turns {
  private queue: Promise<void> = Promise.resolve();
  /** Running or waiting questions about settings. */
  private questions = new AbortController();
  /** The running or waiting measurement of the device. */
  private measuring = new AbortController();

  constructor(
    private readonly desk: Pick<PictureDesk, 'take' | 'stop' | 'forgetEngine' | 'forgetModel'>,
    private readonly forgetBench: () => void,
  ) {}

  /** @param work never rejects; the signal stops a question */
  take(request: WorkerRequest, work: (signal: AbortSignal) => Promise<void>): void {
    const { question, keepsBench } = RULES[request.type];
    const turn = turnOf(request);
    if (turn === 'now') {
      void work(this.questions.signal);
      return;
    }
    // Frames of a camera come often: they wait for other questions, and do not stop them.
    if (question !== 'pictures') {
      this.questions.abort();
      this.questions = new AbortController();
    }
    if (turn !== 'engine') {
      this.desk.stop();
      this.measuring.abort();
    }
    const signal = this.signalOf(request);
    this.queue = this.queue.then(() => {
      // The engine is about to load another backbone.
      if (!keepsBench) this.forgetBench();
      if (question !== 'pictures') this.desk.forgetEngine();
      if (turn === 'study') this.desk.forgetModel();
      return work(signal);
    });
  }

  stopMeasuring(): void {
    this.measuring.abort();
  }

  private signalOf(request: WorkerRequest): AbortSignal {
    if (isAboutPictures(request)) return this.desk.take(request.id, request.line);
    if (RULES[request.type].question !== 'device') return this.questions.signal;
    this.measuring = new AbortController();
    return this.measuring.signal;
  }
}
