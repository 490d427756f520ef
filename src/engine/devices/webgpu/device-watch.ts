/** Collects the errors that a GPUDevice reports by events, and throws them where a result is awaited. */
import { DeviceLostError, OutOfMemoryError } from '../../errors.ts';
import { ENGINE_NOTICES } from '../../words.ts';

export class DeviceWatch {
  private lost: string | null = null;
  private outOfMemory: string | null = null;
  private refused: string | null = null;
  private disposed = false;

  constructor(device: GPUDevice) {
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault(); // it is reported by throwing
      const { error } = event;
      if (error instanceof GPUOutOfMemoryError) this.outOfMemory ??= error.message;
      else this.refused ??= error.message; // names the kernel: all objects carry its key as label
    });
    void device.lost.then(({ message }) => {
      if (!this.disposed) this.lost = message || ENGINE_NOTICES.noReason;
    });
  }

  /** The device is about to be destroyed on purpose. */
  dispose(): void {
    this.disposed = true;
  }

  get isLost(): boolean {
    return this.lost !== null;
  }

  /**
   * @param missing whether buffers in use lack memory: commands that bind them are refused
   * @throws DeviceLostError, OutOfMemoryError (once: the caller may free memory and try again), or Error when the GPU refused a
   * command, which is a mistake of this program
   */
  check(missing: boolean): void {
    if (this.lost !== null) throw new DeviceLostError(ENGINE_NOTICES.lost(this.lost));
    const { refused } = this;
    const outOfMemory = this.outOfMemory ?? (missing ? refused : null);
    this.outOfMemory = null;
    this.refused = null; // out of memory also makes every command refused that uses the buffer that is missing
    if (outOfMemory !== null) throw new OutOfMemoryError(ENGINE_NOTICES.gpuFull(outOfMemory.trim()));
    if (refused !== null) throw new Error(ENGINE_NOTICES.gpuRefused(refused.trim()));
  }
}
