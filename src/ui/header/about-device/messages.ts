/** The words about the device that computes, folded: loaded with them. */
import { catalogue } from '../../../core/language/catalogue.ts';

export const ABOUT_DEVICE_WORDS = catalogue('aboutDevice', {
  title: 'About this device',
  threads: 'Threads',
  adapter: 'Adapter',
  vendor: 'Vendor, architecture',
  notTold: 'not told',
  yes: 'yes',
  no: 'no',
  /** By what WebGPU calls them, as are the limits. */
  features: {
    'shader-f16': 'Has half precision in shaders',
    subgroups: 'Has subgroups',
    'subgroup-size-control': 'Has subgroups of a chosen size',
    'timestamp-query': 'Has timestamps',
  },
  limits: {
    maxBufferSize: 'Largest buffer',
    maxStorageBufferBindingSize: 'Largest tensor',
    maxStorageBuffersPerShaderStage: 'Buffers per kernel',
    maxComputeWorkgroupStorageSize: 'Workgroup memory',
    maxComputeInvocationsPerWorkgroup: 'Threads per workgroup',
  },
});
