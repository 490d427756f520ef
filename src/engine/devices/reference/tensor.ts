/** Tensors of the reference device: float64 matrices that detect use after free. */
import { isLive, type Groups } from '../../operands.ts';

export class ReferenceTensor {
  readonly rows: number;
  readonly cols: number;
  private values: Float64Array | null;

  constructor(rows: number, cols: number, values = new Float64Array(rows * cols)) {
    this.rows = rows;
    this.cols = cols;
    this.values = values;
  }

  /** The row-major values, unrounded. @throws Error when the tensor was freed. */
  get data(): Float64Array {
    if (!this.values) throw new Error(`A [${this.rows}, ${this.cols}] tensor is used after it was freed.`);
    return this.values;
  }

  get bytes(): number {
    return 4 * this.rows * this.cols;
  }

  /** @throws Error when the tensor was freed before. */
  release(): void {
    if (!this.values) throw new Error(`A [${this.rows}, ${this.cols}] tensor is freed twice.`);
    this.values = null;
  }
}

/** @throws Error naming the operand when its shape is not the expected one. */
export function expectShape(tensor: ReferenceTensor, rows: number, cols: number, name: string): void {
  if (tensor.rows !== rows || tensor.cols !== cols)
    throw new Error(`${name} is [${tensor.rows}, ${tensor.cols}], expected [${rows}, ${cols}].`);
}

/**
 * Fills the rows of groups that are not live with NaN, so that a pass which wrongly reads them cannot pass a test:
 * other devices leave them unwritten.
 */
export function poison(tensor: ReferenceTensor, groups: Groups): ReferenceTensor {
  const size = (tensor.rows / groups.count) * tensor.cols;
  for (let g = 0; g < groups.count; g++) if (!isLive(groups, g)) tensor.data.fill(NaN, g * size, (g + 1) * size);
  return tensor;
}

/** Calls `visit` with every row of the live groups. */
export function forLiveRows(groups: Groups, visit: (row: number, group: number, rowOfGroup: number) => void): void {
  for (let g = 0; g < groups.count; g++) {
    if (!isLive(groups, g)) continue;
    for (let r = 0; r < groups.rowsPerGroup; r++) visit(g * groups.rowsPerGroup + r, g, r);
  }
}
