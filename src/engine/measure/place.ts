/** Where a measurement is made, as far as a browser tells. */
import { gpuOfBrowser, infoOf, PREFERRED } from '../devices/webgpu/adapter-info.ts';
import type { GpuAdapterFacts, Place } from './measurement.ts';

const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/** In this order, because most name others too: Edge and Opera say Chrome, and Chrome says Safari. */
const BROWSERS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Edge', /\bEdg\w*\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Firefox', /\bFirefox\/(\d+)/],
  ['Chromium', /\b(?:Headless)?Chrom(?:e|ium)\/(\d+)/],
  ['Safari', /\bVersion\/([\d.]+).*\bSafari\//],
];

const SYSTEMS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
];

/** "Chromium 150"; the beginning of the text where it is none of those known. */
export function browserName(userAgent: string): string {
  for (const [name, pattern] of BROWSERS) {
    const match = pattern.exec(userAgent);
    if (match) return `${name} ${match[1]}`;
  }
  return userAgent.slice(0, 60);
}

/** "Linux"; empty where it is none of those known. */
export const systemName = (userAgent: string): string =>
  SYSTEMS.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? '';

/** The adapter that engines ask for; null where there is none. */
export async function gpuAdapterFacts(): Promise<GpuAdapterFacts | null> {
  const adapter = await gpuOfBrowser()
    ?.requestAdapter(PREFERRED)
    .catch(() => null);
  if (!adapter) return null;
  const { vendor, architecture, device, description, isFallbackAdapter } = infoOf(adapter.info);
  return {
    vendor,
    architecture,
    device,
    description,
    isFallbackAdapter,
    features: [...adapter.features].sort(),
    limits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  };
}

/** Gigabytes, which browsers round and cap; null where they do not tell. */
const memoryOf = (host: object): number | null =>
  'deviceMemory' in host && typeof host.deviceMemory === 'number' ? host.deviceMemory : null;

/** Of the page or worker that this runs in. */
export async function browserPlace(): Promise<Place> {
  return {
    browser: browserName(navigator.userAgent),
    system: systemName(navigator.userAgent),
    processor: '',
    cores: navigator.hardwareConcurrency || 1,
    memory: memoryOf(navigator),
    isolated: crossOriginIsolated,
    adapter: await gpuAdapterFacts(),
  };
}
