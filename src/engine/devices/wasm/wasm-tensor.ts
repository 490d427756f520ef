/** A tensor of the wasm device: a block of its memory. */
export class WasmTensor {
  readonly rows: number;
  readonly cols: number;
  /** Byte address; 0 once freed. */
  address: number;

  constructor(address: number, rows: number, cols: number) {
    this.address = address;
    this.rows = rows;
    this.cols = cols;
  }

  get bytes(): number {
    return 4 * this.rows * this.cols;
  }
}

/** The address of a tensor. @throws Error when it was freed or does not have the expected shape. */
export function addressOf(tensor: WasmTensor, rows: number, cols: number, name: string): number {
  if (tensor.address === 0) throw new Error(`${name} [${tensor.rows}, ${tensor.cols}] is used after it was freed.`);
  if (tensor.rows !== rows || tensor.cols !== cols)
    throw new Error(`${name} is [${tensor.rows}, ${tensor.cols}], expected [${rows}, ${cols}].`);
  return tensor.address;
}
