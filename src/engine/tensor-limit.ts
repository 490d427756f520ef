/** What a GPU binds at once. */
import type { GpuDescription } from './gpu-inspector.ts';

/** Bytes of the largest tensor, which is one buffer and bound as a whole, in words of four bytes. No limit where no GPU computes. */
export function tensorLimit(gpu: Pick<GpuDescription, 'limits'> | undefined): number {
  const { maxStorageBufferBindingSize = Infinity, maxBufferSize = Infinity } = gpu?.limits ?? {};
  const bytes = Math.min(maxStorageBufferBindingSize, maxBufferSize);
  return bytes - (bytes < Infinity ? bytes % 4 : 0);
}
