/** Keeps a few training steps in flight, so that the device computes one while the host prepares the next. */

export class StepsInFlight {
  private readonly started: Promise<void>[] = [];

  constructor(private readonly limit: number) {}

  /** Adds a step; waits while more than `limit` are in flight. Rejects with the first failure. */
  async add(step: Promise<void>): Promise<void> {
    step.catch(() => {}); // Reported where it is awaited.
    this.started.push(step);
    while (this.started.length > this.limit) await this.started.shift();
  }

  /** Waits for all of them, in order. */
  async settle(): Promise<void> {
    while (this.started.length > 0) await this.started.shift();
  }
}
