/** Scores that a device is still computing or sending, taken in the order in which they were asked for. */
interface Reading {
  readonly values: Promise<Float32Array[]>;
  readonly take: (values: Float32Array[]) => void;
}

/** A queue of readings with room for a few. */
export class Readings {
  private readonly underWay: Reading[] = [];

  /**
   * @param most readings that may be under way at a time, at least 1
   * @param between awaited after each one that is taken
   */
  constructor(
    private readonly most: number,
    private readonly between?: () => Promise<void>,
  ) {}

  /** Waits until there is room for the next one. @throws what the reading of an earlier one threw */
  async add(values: Promise<Float32Array[]>, take: (values: Float32Array[]) => void): Promise<void> {
    values.catch(() => {}); // told where it is taken
    this.underWay.push({ values, take });
    await this.takeUntil(this.most - 1);
  }

  /** Takes all. @throws what the reading of one of them threw; `abandon` waits for the others */
  takeAll(): Promise<void> {
    return this.takeUntil(0);
  }

  /** Waits for those behind one that failed, and takes none. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.underWay.map(({ values }) => values));
  }

  private async takeUntil(left: number): Promise<void> {
    while (this.underWay.length > left) {
      const [{ values, take }] = this.underWay.splice(0, 1);
      take(await values);
      await this.between?.();
    }
  }
}
