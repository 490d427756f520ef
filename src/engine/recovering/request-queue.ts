/** Requests that wait while steps are repeated, and begin one behind the other in the order in which they came. */
export class RequestQueue {
  private waiting = 0;
  /** Of the last one in line. */
  private last: Promise<void> = Promise.resolve();

  /** @param work what repeats steps at present; null: nothing. If it fails, whoever asked for what failed is told, and whoever asks again. */
  constructor(private readonly work: () => Promise<void> | null) {}

  /** Whether new requests have to wait, so that they do not come between the repeated steps, nor before requests that wait already. */
  get isBusy(): boolean {
    return this.work() !== null || this.waiting > 0;
  }

  /** For what was repeated. It takes no turn: requests before it may fail in theirs, and the next repetition would replace it. */
  async untilQuiet(): Promise<void> {
    for (let work = this.work(); work; work = this.work()) await work.catch(() => {});
  }

  /** Begins a request behind those that wait already, in the very moment in which nothing is repeated: neither a new request nor a new failure comes between. */
  take<Begun>(begin: () => Begun): Promise<Begun> {
    this.waiting++;
    const turn = this.last.then(async () => {
      // The loop stands here again: behind the promise of `untilQuiet`, something might fail before this begins.
      for (let work = this.work(); work; work = this.work()) await work.catch(() => {});
      this.waiting--;
      return begin();
    });
    this.last = turn.then(
      () => {},
      () => {},
    );
    return turn;
  }
}
