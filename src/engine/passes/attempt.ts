/** Work that a device may refuse, and that leaves nothing behind then: what is smaller would not fit beside it. */
import type { Device } from '../device.ts';

/**
 * The result of `work`. If it throws, tensors that it made are freed, and those that it consumes, on devices that make attempts: a tensor may find no memory
 * there, or be larger than what they bind.
 */
export const attempt = <T, R>(device: Device<T>, work: () => R, ...consumed: readonly T[]): R =>
  device.attempts ? device.attempts.attempt(work, consumed) : work();
