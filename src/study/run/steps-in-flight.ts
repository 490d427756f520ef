/** Lets a few training steps be under way at once, so that the device computes one while the host prepares the next. */

export class StepsInFlight {
  private readonly started: Promise<void>[] = [];

  constructor(private readonly limit: number) {}

  /** Adds a step; waits while more than `limit` are under way. Rejects with the first failure. */
  async add(step: Promise<void>): Promise<void> {
    step.catch(() => {}); // reported where it is awaited
    this.started.push(step);
    while (this.started.length > this.limit) await this.started.shift();
  }

  /** Waits for all of them, in order. */
  async settle(): Promise<void> {
    while (this.started.length > 0) await this.started.shift();
  }
}
