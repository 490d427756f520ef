/** Asks the browser for its GPU, with what the kernels can use. */
import { errorText } from '../../../core/error-text.ts';
import { NoDeviceError } from '../../errors.ts';
import type { GpuDescription } from '../../gpu-inspector.ts';
import { gpuOfBrowser, infoOf, nameOf, PREFERRED, type AdapterInfo, type SaidInfo } from './adapter-info.ts';
import { inTime } from './in-time.ts';
import { isSoftware } from './software-adapter.ts';
import { ENGINE_NOTICES } from '../../words.ts';

const WANTED_FEATURES: readonly string[] = ['shader-f16', 'subgroups', 'subgroup-size-control', 'timestamp-query'];
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

/** What is used of a GPUAdapter: all that a stand-in of a test has to have. */
export interface GpuAdapter {
  readonly features: ReadonlySet<string>;
  readonly limits: Readonly<Record<WantedLimit, number>>;
  readonly info?: SaidInfo;
  requestDevice(descriptor: GPUDeviceDescriptor): Promise<GPUDevice>;
}

/** Offers adapters: navigator.gpu. */
export interface AdapterSource {
  requestAdapter(options: GPURequestAdapterOptions): Promise<GpuAdapter | null>;
}

export interface RequestedDevice {
  readonly device: GPUDevice;
  /** Of the adapter: Safari 26.0 and Chrome before 132 do not tell it of the device. */
  readonly info?: AdapterInfo;
  readonly description: GpuDescription;
}

/** Whether it is a feature that the adapter has. What an adapter names is the name of a feature, also where TypeScript does not know it yet. */
const offeredBy =
  ({ features }: Pick<GpuAdapter, 'features'>) =>
  (name: string): name is GPUFeatureName =>
    features.has(name);

/** @throws NoDeviceError when the browser offers no adapter or refuses the device, or Error when it has no WebGPU */
export async function requestGpu(source: AdapterSource | undefined = gpuOfBrowser()): Promise<RequestedDevice> {
  if (!source) throw new Error(ENGINE_NOTICES.noWebgpu);
  const adapter = await inTime(source.requestAdapter(PREFERRED));
  if (!adapter) throw new NoDeviceError(ENGINE_NOTICES.noAnswer);
  const info = infoOf(adapter.info);
  const features = WANTED_FEATURES.filter(offeredBy(adapter));
  const limits = Object.fromEntries(WANTED_LIMITS.map((limit) => [limit, adapter.limits[limit]])) as Record<
    WantedLimit,
    number
  >;
  const asked = adapter.requestDevice({ requiredFeatures: features, requiredLimits: limits });
  const device = await inTime(asked, (late) => late.destroy()).catch((cause: unknown) => {
    throw new NoDeviceError(errorText(cause), { cause });
  });
  return {
    device,
    info,
    description: {
      name: nameOf(info),
      vendor: info.vendor,
      architecture: info.architecture,
      software: isSoftware(info),
      features,
      limits,
    },
  };
}
