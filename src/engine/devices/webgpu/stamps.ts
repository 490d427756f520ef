/**
 * Numbers that submissions leave on the GPU. A submission that was dropped leaves none, so a reading that brings the numbers of those before it along
 * knows whether they were carried out, also where nobody tells that they were not.
 */

/** Submissions of which the numbers are kept. */
const SLOTS = 256;

export class Stamps {
  /** The numbers, each in the slot of its submission. */
  readonly buffer: GPUBuffer;
  private first = 1;

  /** @param constants the buffer in which the number of a submission comes from the host */
  constructor(
    device: GPUDevice,
    private readonly constants: GPUBuffer,
  ) {
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
    this.buffer = device.createBuffer({ label: 'stamps', size: 4 * SLOTS, usage });
  }

  /** @param submission above 0 @param offset of its number in the constants, in bytes */
  record(encoder: GPUCommandEncoder, submission: number, offset: number): void {
    encoder.copyBufferToBuffer(this.constants, offset, this.buffer, 4 * (submission % SLOTS), 4);
  }

  /** Submissions before this one count no more. */
  forget(submission: number): void {
    this.first = submission;
  }

  /** Whether every submission up to this one left its number. */
  areWhole(numbers: Uint32Array, submission: number): boolean {
    for (let at = Math.max(this.first, submission - SLOTS + 1); at <= submission; at++)
      if (numbers[at % SLOTS] !== at) return false;
    return true;
  }
}
