/**
 * Notices a card that answers no more. Some drivers hang without a word: no answer comes, no error, and no loss of the device. Time counts by the ticks of a timer, so
 * that a computer that sleeps and a page that the system has frozen are patient for as long.
 */

const TICK_MS = 1000;

export class Silence {
  private waiting = 0;
  /** Milliseconds without any answer. */
  private silent = 0;
  private timer: ReturnType<typeof setInterval> | null = null;

  /**
   * @param limit milliseconds after which a card that owes an answer is given up; asked at every tick
   * @param giveUp called once the card was silent for so many milliseconds
   */
  constructor(
    private readonly limit: () => number,
    private readonly giveUp: (milliseconds: number) => void,
  ) {}

  /** What the card was asked for. Any answer shows that it is alive: work that was asked for before is done before. */
  async endOf<T>(pending: Promise<T>): Promise<T> {
    this.waiting++;
    this.timer ??= setInterval(() => this.tick(), TICK_MS);
    try {
      return await pending;
    } finally {
      this.silent = 0;
      if (--this.waiting === 0) this.stop();
    }
  }

  /** The card has shown that it is alive. */
  heard(): void {
    this.silent = 0;
  }

  private tick(): void {
    this.silent += TICK_MS;
    if (this.silent < this.limit()) return;
    this.stop();
    this.giveUp(this.silent);
  }

  private stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }
}
