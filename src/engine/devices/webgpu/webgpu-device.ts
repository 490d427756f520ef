/** The Device of own WGSL kernels: records operations, sends them when something is read. */
import { createDeviceTuner, type TunerOptions } from './tuning/device-tuner.ts';
import type { Device } from '../../device.ts';
import type { GpuDescription } from '../../gpu-inspector.ts';
import type { GpuTensor } from './gpu-tensor.ts';
import { inTime } from './in-time.ts';
import { createInspector } from './inspector.ts';
import { attentionOperations } from './ops/attention.ts';
import { doraOperations } from './ops/dora.ts';
import { gatherOperations } from './ops/gather.ts';
import { imageOperations } from './ops/images.ts';
import type { GpuLinear } from './ops/linear-matrix.ts';
import { fusedOperations, linearOperations } from './ops/linear.ts';
import { objectiveOperations } from './ops/objective.ts';
import { optimizerOperations } from './ops/optimizer.ts';
import { rowwiseOperations } from './ops/rowwise.ts';
import { storageOperations } from './ops/storage.ts';
import { isNewsLate } from './prompt-news.ts';
import { requestGpu } from './request-device.ts';
import { Runtime } from './runtime.ts';
import { StepRepeater } from './step-repeater.ts';

export interface WebgpuDevice extends Required<Device<GpuTensor, GpuLinear>> {
  readonly runtime: Runtime;
}

/** @param runtime goes with the device when that is disposed of @param tuning which adapters are tuned, and for how long */
export function createWebgpuDevice(
  runtime: Runtime,
  description: GpuDescription,
  tuning: TunerOptions = {},
): WebgpuDevice {
  const { name, software } = description;
  return {
    info: { backend: 'webgpu', device: name, threads: 1, software, halves: true, gpu: description },
    runtime,
    ...storageOperations(runtime),
    ...linearOperations(runtime),
    ...doraOperations(runtime),
    ...rowwiseOperations(runtime),
    ...attentionOperations(runtime),
    ...gatherOperations(runtime),
    ...objectiveOperations(runtime),
    ...optimizerOperations(runtime),
    fused: fusedOperations(runtime),
    images: imageOperations(runtime),
    attempts: runtime.tensors.made,
    later: {
      readLater: (tensors) => runtime.readLater(tensors),
      bring: () => runtime.bring(),
    },
    inspector: createInspector(runtime, description),
    pace: runtime.pace,
    tuner: createDeviceTuner(runtime, description, tuning),
    createRepeater: () => new StepRepeater(runtime),
    release: () => runtime.trim(),
    warmUp: (record, onProgress) => runtime.warmUp(record, onProgress),
    get failures() {
      return runtime.failures;
    },
    dispose: () => runtime.dispose(),
  };
}

/**
 * Opens the GPU of this browser (or, after installDawn, of Node).
 * @throws NoDeviceError when the browser offers no adapter or refuses the device, or nothing answers; Error when the browser has no WebGPU
 */
export async function openWebgpu(tuning: TunerOptions = {}): Promise<WebgpuDevice> {
  const requested = await requestGpu();
  const { device } = requested;
  const isLate = await inTime(Promise.race([isNewsLate(device.queue), device.lost.then(() => false)])).catch(
    (error: unknown) => {
      device.destroy();
      throw error;
    },
  );
  return createWebgpuDevice(new Runtime(requested, isLate), requested.description, tuning);
}
