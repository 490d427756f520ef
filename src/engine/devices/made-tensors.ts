/** Remembers what is made in the attempts of a device, so that an attempt that throws leaves nothing behind. */
import type { Attempts } from '../optional-operations.ts';

export class MadeTensors<T> implements Attempts<T> {
  /** Of the attempt under way, freed ones among them; null: there is none. */
  private made: T[] | null = null;

  constructor(
    private readonly isLive: (tensor: T) => boolean,
    private readonly free: (tensor: T) => void,
  ) {}

  /** A tensor was made, or took over the memory of another. */
  add(tensor: T): void {
    this.made?.push(tensor);
  }

  /** Commands that are recorded already run later, in order, in memory that may have other owners by then: those write it afterwards. */
  attempt<R>(work: () => R, consumed: readonly T[]): R {
    const outer = this.made;
    const made = [...consumed];
    this.made = made;
    try {
      const result = work();
      outer?.push(...made.filter(this.isLive));
      return result;
    } catch (error) {
      for (const tensor of made) if (this.isLive(tensor)) this.free(tensor);
      throw error;
    } finally {
      this.made = outer;
    }
  }

  lasting<R>(work: () => R): R {
    const outer = this.made;
    this.made = null;
    try {
      return work();
    } finally {
      this.made = outer;
    }
  }
}
