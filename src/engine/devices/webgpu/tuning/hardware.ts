/** What an opened device can run. */
import type { GpuDescription } from '../../../gpu-inspector.ts';
import type { Hardware } from './forms.ts';

/** What every WebGPU device has. */
const LEAST = { invocations: 256, workgroupBytes: 16384 };

export function hardwareOf(device: GPUDevice, { software, limits }: GpuDescription): Hardware {
  const subgroups = device.features.has('subgroups');
  const { subgroupMinSize: size, subgroupMaxSize: largest } = device.adapterInfo;
  return {
    software,
    subgroup: subgroups && size === largest ? size : null,
    subgroups,
    invocations: limits.maxComputeInvocationsPerWorkgroup ?? LEAST.invocations,
    workgroupBytes: limits.maxComputeWorkgroupStorageSize ?? LEAST.workgroupBytes,
  };
}
