/**
 * A mutable matrix over immutable tfjs tensors: the handle stays, the tensor behind it is replaced.
 * Additions to sub-ranges (gradients of single factors) are collected and applied together, in one concat, when the value is next read or
 * when a further one crosses them.
 */
import * as tf from '@tensorflow/tfjs-core';

interface Patch {
  readonly offset: number;
  /** [rows, length] */
  readonly values: tf.Tensor2D;
}

export class TfjsTensor {
  readonly rows: number;
  readonly cols: number;
  private current: tf.Tensor2D | null;
  private patches: Patch[] = [];

  constructor(value: tf.Tensor2D) {
    [this.rows, this.cols] = value.shape;
    this.current = value;
  }

  /** The tensor, owned by this handle. @throws Error when the handle was freed. */
  get value(): tf.Tensor2D {
    if (!this.current) throw new Error(`A [${this.rows}, ${this.cols}] tensor is used after it was freed.`);
    if (this.patches.length > 0) this.applyPatches(this.current);
    return this.current;
  }

  /** Takes ownership of a new value. */
  replace(value: tf.Tensor2D): void {
    this.release();
    this.current = value;
  }

  /** Adds `values` [rows, length] to columns [offset, offset + length). Takes ownership of `values`. */
  addColumns(offset: number, values: tf.Tensor2D): void {
    const end = offset + values.shape[1];
    const crosses = this.patches.some(({ offset: from, values: { shape } }) => {
      const to = from + shape[1];
      return from < end && offset < to && !(from === offset && to === end);
    });
    if (crosses && this.current) this.applyPatches(this.current);
    this.patches.push({ offset, values });
  }

  release(): void {
    this.current?.dispose();
    this.current = null;
    this.patches.forEach(({ values }) => values.dispose());
    this.patches = [];
  }

  private applyPatches(current: tf.Tensor2D): void {
    const merged = tf.tidy(() => {
      const byOffset = new Map<number, tf.Tensor2D>();
      for (const { offset, values } of this.patches) {
        const sum = byOffset.get(offset);
        byOffset.set(offset, sum ? tf.add(sum, values) : values);
      }
      const parts: tf.Tensor2D[] = [];
      let column = 0;
      for (const [offset, values] of [...byOffset].sort(([a], [b]) => a - b)) {
        if (offset > column) parts.push(tf.slice(current, [0, column], [this.rows, offset - column]));
        parts.push(tf.add(tf.slice(current, [0, offset], values.shape), values));
        column = offset + values.shape[1];
      }
      if (column < this.cols) parts.push(tf.slice(current, [0, column], [this.rows, this.cols - column]));
      return parts.length === 1 ? tf.clone(parts[0]) : tf.concat2d(parts, 1);
    });
    this.patches.forEach(({ values }) => values.dispose());
    this.patches = [];
    this.current = tf.keep(merged); // survives a tidy around this read
    current.dispose();
  }
}

/** Runs `compute` and wraps its results; every intermediate is disposed. */
export function wrap(compute: () => tf.Tensor2D): TfjsTensor {
  return new TfjsTensor(tf.tidy(compute));
}

/** The same for several results, of which some may be null: tidy keeps what it finds, but its types know no null. */
export function wrapAll<R extends Record<string, tf.Tensor2D | null>>(
  compute: () => R,
): { [K in keyof R]: TfjsTensor | Extract<R[K], null> } {
  const values: Record<string, tf.Tensor2D | null> = tf.tidy(compute as () => Record<string, tf.Tensor2D>);
  const wrapped = Object.entries(values).map(([name, value]) => [name, value && new TfjsTensor(value)]);
  return Object.fromEntries(wrapped) as { [K in keyof R]: TfjsTensor | Extract<R[K], null> };
}
