/** Counts of GPU work, for the panel and the benchmark. */
import type { GpuStatistics } from '../../gpu-inspector.ts';

export const emptyStatistics = (): GpuStatistics => ({
  dispatches: 0,
  uploads: 0,
  uploadedBytes: 0,
  submits: 0,
  buffersCreated: 0,
  bindGroupsCreated: 0,
  pipelinesCreated: 0,
  kinds: {},
});
