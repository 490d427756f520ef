/** Asks the browser for its GPU, with what the kernels can use. */
import type { GpuDescription } from '../../gpu-inspector.ts';
import { ENGINE_NOTICES } from '../../words.ts';

const WANTED_FEATURES = ['shader-f16', 'subgroups', 'timestamp-query'] as const satisfies readonly GPUFeatureName[];
const WANTED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupsPerDimension',
] as const;
type WantedLimit = (typeof WANTED_LIMITS)[number];

export interface RequestedDevice {
  readonly device: GPUDevice;
  readonly description: GpuDescription;
}

/** @throws Error when the browser has no WebGPU, offers no adapter, or refuses the device. */
export async function requestGpu(): Promise<RequestedDevice> {
  if (!('gpu' in navigator) || !navigator.gpu) throw new Error(ENGINE_NOTICES.noWebgpu);
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error(ENGINE_NOTICES.noAnswer);
  const { vendor, architecture, description } = adapter.info;
  const features = WANTED_FEATURES.filter((feature) => adapter.features.has(feature));
  const limits = Object.fromEntries(WANTED_LIMITS.map((limit) => [limit, adapter.limits[limit]])) as Record<
    WantedLimit,
    number
  >;
  const device = await adapter.requestDevice({ requiredFeatures: features, requiredLimits: limits });
  return {
    device,
    description: {
      name: description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter',
      vendor,
      architecture,
      software: /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(`${vendor} ${architecture} ${description}`),
      features,
      limits,
    },
  };
}
