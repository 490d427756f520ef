/** What an opened device can run. */
import type { GpuDescription } from '../../../gpu-inspector.ts';
import type { Hardware } from './forms.ts';

/** What every WebGPU device has. */
const LEAST = { invocations: 256, workgroupBytes: 16384 };

/** Sizes are powers of two. */
function between(least: number, most: number): number[] {
  const sizes: number[] = [];
  for (let size = least; size <= most; size *= 2) sizes.push(size);
  return sizes;
}

export function hardwareOf(device: GPUDevice, { software, limits }: GpuDescription): Hardware {
  const subgroups = device.features.has('subgroups');
  const { subgroupMinSize: size = 0, subgroupMaxSize: largest = 0 } = device.adapterInfo;
  const isAskable = device.features.has('subgroup-size-control') && 0 < size && size < largest;
  return {
    software,
    subgroup: subgroups && size === largest ? size : null,
    subgroups,
    sizes: isAskable ? between(size, largest) : [],
    invocations: limits.maxComputeInvocationsPerWorkgroup ?? LEAST.invocations,
    workgroupBytes: limits.maxComputeWorkgroupStorageSize ?? LEAST.workgroupBytes,
  };
}
