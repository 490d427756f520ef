/**
 * News of finished work, where a browser looks for it only now and then. Firefox looks every 100 ms, and whenever something is submitted (bug 1870699): a submission
 * of nothing, every few milliseconds while somebody waits, brings the news when it is due. Such submissions carry no work, so nothing counts them.
 */

export type Queue = Pick<GPUQueue, 'submit' | 'onSubmittedWorkDone'>;

/** Milliseconds: an empty queue that takes longer to say so is asked only now and then. Cards say so within 15. */
const LATE = 50;
/** Milliseconds between two submissions. */
const EVERY = 4;
/** Each but the first begins where a browser has just looked. The least counts: a busy thread may delay any of them. */
const PROBES = 3;

/** Whether the browser brings news late. Asked while the queue is empty. */
export async function isNewsLate(queue: Queue): Promise<boolean> {
  let least = Infinity;
  for (let probe = 0; probe < PROBES; probe++) {
    const from = performance.now();
    await queue.onSubmittedWorkDone();
    if (probe > 0) least = Math.min(least, performance.now() - from);
    if (least < LATE) return false;
  }
  return true;
}

/** Waits for news of a queue. */
export class News {
  private waiting = 0;
  private timer: ReturnType<typeof setInterval> | null = null;

  /** @param isLate whether the browser has to be asked */
  constructor(
    private readonly queue: Queue,
    private readonly isLate: boolean,
  ) {}

  /** What is pending, asked for as long as it is. */
  async of<T>(pending: Promise<T>): Promise<T> {
    if (!this.isLate) return pending;
    this.waiting++;
    this.timer ??= setInterval(() => this.queue.submit([]), EVERY);
    try {
      return await pending;
    } finally {
      if (--this.waiting === 0 && this.timer !== null) {
        clearInterval(this.timer);
        this.timer = null;
      }
    }
  }
}
