/**
 * Collects the errors that a GPUDevice reports, and throws them where a result is awaited. Error scopes tell what went wrong with a submission, every
 * time. Events are the second net: Firefox sends none for a message that it has sent before.
 */
import { pause } from '../../../platform/pause.ts';
import { DeviceLostError, OutOfMemoryError, SilentDeviceError } from '../../errors.ts';
import { ENGINE_NOTICES } from '../../words.ts';
import { closeScopes, openScopes } from './error-scopes.ts';

/** A browser may tell the loss of a device so much later than it rejects what was asked of it (Firefox: 0.1 s). */
const LOSS_FOLLOWS_MS = 1000;

export class DeviceWatch {
  private loss: (() => DeviceLostError) | null = null;
  private outOfMemory: string | null = null;
  private refused: string | null = null;
  private disposed = false;
  /** Those who wait for an answer of the device. A race with `device.lost` would keep every answer until the end. */
  private readonly waiting = new Set<(loss: Error) => void>();

  constructor(private readonly device: GPUDevice) {
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault(); // it is reported by throwing
      this.note(event.error);
    });
    void device.lost.then(({ message }) => {
      const why = ENGINE_NOTICES.lost(message || ENGINE_NOTICES.noReason);
      this.end(() => new DeviceLostError(why));
    });
    openScopes(device);
  }

  private end(loss: () => DeviceLostError): void {
    if (!this.disposed) this.loss ??= loss;
    const told = this.disposed ? new Error(loss().message) : loss();
    for (const reject of this.waiting) reject(told);
    this.waiting.clear();
  }

  /** A device that does not answer is as good as lost, and may not tell its loss either. */
  giveUp(why: string): void {
    this.end(() => new SilentDeviceError(ENGINE_NOTICES.lost(why)));
    this.device.destroy();
  }

  /**
   * Ends the scopes of what was asked of the device since the last time.
   * @param isConsequence whether its errors follow from a failure that was told meanwhile
   * @returns when its errors are known
   */
  async cut(isConsequence: () => boolean): Promise<void> {
    const errors = closeScopes(this.device);
    openScopes(this.device);
    for (const error of await errors) if (!isConsequence()) this.note(error);
  }

  private note(error: GPUError): void {
    if (error instanceof GPUOutOfMemoryError) this.outOfMemory ??= error.message;
    else this.refused ??= error.message; // names the kernel: all objects carry its key as label
  }

  /** The device is about to be destroyed on purpose. */
  dispose(): void {
    this.disposed = true;
  }

  /** Whether a check would throw. */
  get hasErrors(): boolean {
    return this.loss !== null || this.outOfMemory !== null || this.refused !== null;
  }

  /** The outcome of `work`. A lost device may never answer. @throws DeviceLostError as soon as the device is lost */
  unlessLost<T>(work: Promise<T>): Promise<T> {
    if (this.loss !== null) {
      work.catch(() => {});
      return Promise.reject(this.loss());
    }
    return new Promise<T>((resolve, reject) => {
      this.waiting.add(reject);
      void work.then(resolve, reject).finally(() => this.waiting.delete(reject));
    });
  }

  /** Waits for the news that the device is lost, which may come behind what follows from it. @throws DeviceLostError when it comes */
  async awaitLoss(): Promise<void> {
    if (!this.disposed) await this.unlessLost(pause(LOSS_FOLLOWS_MS));
  }

  /**
   * @param missing whether buffers in use lack memory: commands that bind them are refused
   * @throws DeviceLostError, OutOfMemoryError (once: the caller may free memory and try again), or Error when the GPU refused a
   * command, which is a mistake of this program
   */
  check(missing: boolean): void {
    if (this.loss !== null) throw this.loss();
    const { refused } = this;
    const outOfMemory = this.outOfMemory ?? (missing ? refused : null);
    this.outOfMemory = null;
    this.refused = null; // out of memory also makes every command refused that uses the buffer that is missing
    if (outOfMemory !== null) throw new OutOfMemoryError(ENGINE_NOTICES.gpuFull(outOfMemory.trim()));
    if (refused !== null) throw new Error(ENGINE_NOTICES.gpuRefused(refused.trim()));
  }
}
