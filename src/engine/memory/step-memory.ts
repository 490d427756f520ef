/** The memory of a training step, by running the passes on a device that counts. */
import type { StepMemory, TrainerSpec } from '../engine.ts';
import type { Device } from '../device.ts';
import { createTrainer } from '../passes/trainer.ts';
import { HeldImages } from '../passes/training-images.ts';
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
  /** For every run, which source of images it sees; absent: all see the same. */
  readonly sourceOfRun?: readonly number[];
  /** Whether branches have factors; absent: none has. */
  readonly hasBranchFactors?: boolean;
}

const NO_VALUES = new Float32Array();

/** Of a step in which every gate is open, which needs the most. Bytes. */
export function stepMemory({
  model,
  backbone,
  spec,
  batchSize,
  sourceOfRun = spec.initial.map(() => 0),
  hasBranchFactors = false,
}: CountedTraining): StepMemory {
  // Equal parts need what two of them do, but for the images that the host brings.
  const { images: atOnce = batchSize } = spec.plan ?? {};
  const counts = batchSize % atOnce === 0 ? Math.min(batchSize, 2 * atOnce) : batchSize;
  const counted = model();
  const { account } = counted;
  const counting = countingDevice(counted);
  const onDevice = backbone(counting);
  const { vision } = onDevice;
  account.weights = account.live;
  const runs = spec.initial.length;
  let kept = 0;
  const device: typeof counting = {
    ...counting,
    crossEntropy(...args) {
      kept = Math.max(kept, account.live - account.weights); // every forward of a part ends here
      return counting.crossEntropy(...args);
    },
    // As if the host brought them, without an array of them.
    images: {
      hold: () => null,
      patches: (_, index) => counting.upload(NO_VALUES, index.length * vision.patches, vision.patchLength),
      free: () => {},
    },
  };
  const trainer = createTrainer(device, onDevice, spec);
  const optimizer = account.live - account.weights;
  account.uploaded = 0;
  // A step records all its operations before it waits for its results, which have no meaning here.
  const images = (Math.max(...sourceOfRun) + 1) * counts;
  const branches = runs * spec.layout.pairs.length;
  void trainer.step({
    patches: { images: new HeldImages(device, { count: 1 }), index: new Int32Array(images), augmentation: null },
    labels: new Int32Array(images),
    sourceOfRun,
    gates: new Uint8Array(branches).fill(1),
    learningRates: new Float32Array(runs),
    ...(hasBranchFactors && { branchFactors: new Float32Array(branches).fill(2) }),
  });
  const { weights, taken, largest, uploaded } = account;
  const total = taken + counted.fixedBytes + uploaded * (batchSize / counts - 1);
  const activations = Math.max(0, kept - optimizer);
  const temporary = Math.max(0, total - weights - optimizer - activations);
  return { weights, optimizer, activations, temporary, total, largestTensor: largest };
}
