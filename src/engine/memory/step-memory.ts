/** The memory of a training step, by running the passes on a device that counts. */
import type { StepMemory, TrainerSpec } from '../engine.ts';
import type { Device } from '../device.ts';
import { createTrainer } from '../passes/trainer.ts';
import type { DeviceBackbone } from '../passes/weights.ts';
import type { Counted } from './account.ts';
import { countingDevice, type CountedLinear, type MemoryModel } from './counting-device.ts';

/** A population whose memory is asked for. */
export interface CountedTraining {
  /** How the device allocates, with an account of its own. */
  readonly model: () => MemoryModel;
  /** The backbone on a device that counts. */
  readonly backbone: (device: Device<Counted, CountedLinear>) => DeviceBackbone<Counted>;
  readonly spec: TrainerSpec;
  readonly batchSize: number;
  /** Zeros [batchSize, patches, channels·patch·patch], which nothing reads: one array for the many steps that are counted. */
  readonly patches: Float32Array;
}

/** Of a step in which every gate is open, which needs the most. Bytes. */
export function stepMemory({ model, backbone, spec, batchSize, patches }: CountedTraining): StepMemory {
  // Equal parts need what two of them do, but for the images that the host brings.
  const { images = batchSize } = spec.plan ?? {};
  const counts = batchSize % images === 0 ? Math.min(batchSize, 2 * images) : batchSize;
  const counted = model();
  const { account } = counted;
  const device = countingDevice(counted);
  const onDevice = backbone(device);
  account.weights = account.live;
  const runs = spec.initial.length;
  let kept = 0;
  const trainer = createTrainer(
    {
      ...device,
      crossEntropy(...args) {
        kept = Math.max(kept, account.live - account.weights); // every forward of a part ends here
        return device.crossEntropy(...args);
      },
    },
    onDevice,
    spec,
  );
  const optimizer = account.live - account.weights;
  account.uploaded = 0;
  // A step records all its operations before it waits for its results, which have no meaning here.
  void trainer.step({
    patches: patches.subarray(0, (counts / batchSize) * patches.length),
    labels: new Int32Array(counts),
    sourceOfRun: new Array<number>(runs).fill(0),
    gates: new Uint8Array(runs * spec.layout.pairs.length).fill(1),
    learningRates: new Float32Array(runs),
  });
  const { weights, taken, largest, uploaded } = account;
  const total = taken + counted.fixedBytes + uploaded * (batchSize / counts - 1);
  const activations = Math.max(0, kept - optimizer);
  const temporary = Math.max(0, total - weights - optimizer - activations);
  return { weights, optimizer, activations, temporary, total, largestTensor: largest };
}
