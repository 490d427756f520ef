/**
 * Graphics cards that are not here, imposed on the adapter that is: its device is asked for what the card has and no more, so that WebGPU itself
 * refuses the rest.
 */
import type { GpuAdapter, AdapterSource } from '../../src/engine/devices/webgpu/request-device.ts';

export interface GpuProfile {
  /** Emulated on the CPU: gets kernels without barriers. */
  readonly software: boolean;
  readonly features: readonly GPUFeatureName[];
  /** Sizes of subgroups, as the adapter tells them; null: not told. */
  readonly subgroups: readonly [least: number, most: number] | null;
  /** Where they are above what WebGPU promises. */
  readonly limits: Partial<GpuAdapter['limits']>;
  /** The profile with fewer abilities that gets the same kernels. */
  readonly like?: string;
}

/** What WebGPU promises of every device. */
export const PROMISED: GpuAdapter['limits'] = {
  maxBufferSize: 256 * 2 ** 20,
  maxStorageBufferBindingSize: 128 * 2 ** 20,
  maxStorageBuffersPerShaderStage: 8,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupSizeY: 256,
  maxComputeWorkgroupsPerDimension: 65535,
};

const DESKTOP = { maxStorageBuffersPerShaderStage: 10, maxComputeWorkgroupStorageSize: 32768 };

export const LEAST = 'a card with what WebGPU promises and no more';

export const PROFILES: Readonly<Record<string, GpuProfile>> = {
  [LEAST]: { software: false, features: [], subgroups: null, limits: {} },
  'Adreno: large subgroups that vary, no timestamps': {
    software: false,
    features: ['shader-f16', 'subgroups'],
    subgroups: [64, 128],
    limits: {},
    like: LEAST,
  },
  'Intel: subgroups from 8 lanes, timestamps': {
    software: false,
    features: ['shader-f16', 'subgroups', 'timestamp-query'],
    subgroups: [8, 32],
    limits: DESKTOP,
    like: LEAST,
  },
  'NVIDIA: subgroups of 32 lanes, timestamps': {
    software: false,
    features: ['shader-f16', 'subgroups', 'timestamp-query'],
    subgroups: [32, 32],
    limits: DESKTOP,
    like: LEAST,
  },
  'emulated, 8 lanes': {
    software: true,
    features: ['subgroups', 'timestamp-query'],
    subgroups: [8, 8],
    limits: {},
  },
  'emulated, subgroups that vary': {
    software: true,
    features: ['subgroups'],
    subgroups: [4, 8],
    limits: {},
    like: 'emulated, no subgroups',
  },
  'emulated, no subgroups': { software: true, features: [], subgroups: null, limits: {} },
};

/** Offers the adapters of `source` as cards of the profile. */
export const withProfile = (source: GPU, { software, features, subgroups, limits }: GpuProfile): AdapterSource => ({
  async requestAdapter(options) {
    const adapter = await source.requestAdapter(options);
    if (!adapter) return null;
    const lacking = features.filter((feature) => !adapter.features.has(feature));
    if (lacking.length > 0) throw new Error(`The adapter cannot stand for this card: it lacks ${lacking.join(', ')}.`);
    const info = { vendor: 'test', architecture: '', description: '', isFallbackAdapter: software };
    return {
      features: new Set(features),
      limits: { ...PROMISED, ...limits },
      info,
      async requestDevice(descriptor) {
        const device = await adapter.requestDevice(descriptor);
        const [subgroupMinSize, subgroupMaxSize] = subgroups ?? [4, 128]; // what WebGPU says where they are not told
        Object.defineProperty(device, 'adapterInfo', { value: { ...info, subgroupMinSize, subgroupMaxSize } });
        return device;
      },
    };
  },
});
