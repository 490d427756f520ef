/** The words about the device that computes, in German. */
import type { ABOUT_DEVICE_WORDS } from './messages.ts';

export const aboutDevice: typeof ABOUT_DEVICE_WORDS = {
  title: 'Über dieses Gerät',
  threads: 'Threads',
  adapter: 'Grafikadapter',
  vendor: 'Hersteller, Architektur',
  notTold: 'nicht angegeben',
  yes: 'ja',
  no: 'nein',
  features: {
    'shader-f16': 'Halbe Genauigkeit in Shadern',
    subgroups: 'Subgroups',
    'subgroup-size-control': 'Subgroups in wählbarer Größe',
    'timestamp-query': 'Zeitstempel',
  },
  limits: {
    maxBufferSize: 'Größter Puffer',
    maxStorageBufferBindingSize: 'Größter Tensor',
    maxStorageBuffersPerShaderStage: 'Puffer je Kernel',
    maxComputeWorkgroupStorageSize: 'Speicher je Workgroup',
    maxComputeInvocationsPerWorkgroup: 'Threads je Workgroup',
  },
};
