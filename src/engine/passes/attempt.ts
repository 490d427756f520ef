/** Work that may find no memory, and leaves nothing behind then: what is smaller would not fit beside it. */
import type { Device } from '../device.ts';

/**
 * The result of `work`. If it throws, tensors that it made are freed, and those that it consumes; where a device tells of missing memory later, nothing is thrown
 * here and nothing needs to be freed.
 */
export const attempt = <T, R>(device: Device<T>, work: () => R, ...consumed: readonly T[]): R =>
  device.attempts ? device.attempts.attempt(work, consumed) : work();
