/** What an opened device can run. */
import { infoOf, type SaidInfo } from '../adapter-info.ts';
import type { RequestedDevice } from '../request-device.ts';
import type { Hardware } from './forms.ts';

/** What every WebGPU device has. */
const LEAST = { invocations: 256, workgroupBytes: 16384 };

/** Sizes are powers of two. */
function between(least: number, most: number): number[] {
  const sizes: number[] = [];
  for (let size = least; size <= most; size *= 2) sizes.push(size);
  return sizes;
}

/** What forms of kernels are chosen by: subgroups, and limits of workgroups. A limit that is not told counts as the least that WebGPU promises. */
export function hardwareOf({ device, info, description: { vendor, software, limits } }: RequestedDevice): Hardware {
  const subgroups = device.features.has('subgroups');
  const ofDevice: SaidInfo | undefined = device.adapterInfo;
  const { subgroupMinSize: size, subgroupMaxSize: largest } = infoOf(ofDevice ?? info);
  const isAskable = device.features.has('subgroup-size-control') && 0 < size && size < largest;
  return {
    software,
    subgroup: subgroups && 0 < size && size === largest ? size : null,
    subgroups,
    sizes: isAskable ? between(size, largest) : [],
    slowWorkgroups: vendor === 'intel',
    invocations: limits.maxComputeInvocationsPerWorkgroup ?? LEAST.invocations,
    workgroupBytes: limits.maxComputeWorkgroupStorageSize ?? LEAST.workgroupBytes,
  };
}
