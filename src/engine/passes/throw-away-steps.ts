/** Training steps that count for nothing: kernels are timed in them. They see the same images each time, or made-up ones. */
import type { Device } from '../device.ts';
import type { TunedSteps } from '../engine.ts';
import type { ThrowAwaySteps } from '../optional-operations.ts';
import { stream } from '../../core/rng.ts';
import { attempt } from './attempt.ts';
import { createTrainer } from './trainer.ts';
import type { DeviceBackbone } from './weights.ts';

/** Of a run. */
const COUNT = 2;

/**
 * A step with all projections open, recorded anew each time because its kernels change, and one with those of every other layer, which meets products without LoRA too. Learning rates are zero. The trainer is made
 * with the first step.
 */
export function throwAwaySteps<T>(
  device: Device<T>,
  backbone: DeviceBackbone<T>,
  { spec, batchSize, images, example: { inputDropout, branchFactors } }: TunedSteps,
): ThrowAwaySteps {
  const { vision } = backbone;
  const runs = spec.initial.length;
  const { pairs } = spec.layout;
  let trainer: ReturnType<typeof createTrainer> | null = null;
  const rng = stream(7, 'analysis');
  const batch = {
    patches:
      images ?? Float32Array.from({ length: batchSize * vision.patches * vision.patchLength }, () => rng.normal()),
    labels: new Int32Array(batchSize),
    sourceOfRun: new Array<number>(runs).fill(0),
    learningRates: new Float32Array(runs),
    ...(inputDropout && { inputDropout }),
    ...(branchFactors && { branchFactors }),
  };
  const gatesOf = (isOpen: (layer: number) => boolean) =>
    Uint8Array.from({ length: runs * pairs.length }, (_, i) => (isOpen(pairs[i % pairs.length].layer) ? 1 : 0));
  const all = gatesOf(() => true);
  const everyOther = gatesOf((layer) => layer % 2 === 0);
  return {
    count: COUNT,
    async run() {
      const steps = (trainer ??= attempt(device, () => createTrainer(device, backbone, spec, false)));
      const done = await Promise.all([all, everyOther].map((gates) => steps.step({ ...batch, gates })));
      return done.flatMap(({ loss, gradientNorm }) => [loss, gradientNorm]);
    },
    dispose: () => trainer?.dispose(),
  };
}

/** The same on a backbone of their own, which comes to the device with the first step and leaves it with the last. */
export function throwAwayStepsOn<T>(
  device: Device<T>,
  upload: () => DeviceBackbone<T>,
  steps: TunedSteps,
): ThrowAwaySteps {
  let own: { readonly backbone: DeviceBackbone<T>; readonly steps: ThrowAwaySteps } | null = null;
  const made = () => {
    const backbone = attempt(device, upload);
    return { backbone, steps: throwAwaySteps(device, backbone, steps) };
  };
  return {
    count: COUNT,
    run: () => (own ??= made()).steps.run(),
    dispose() {
      own?.steps.dispose();
      own?.backbone.free();
      own = null;
    },
  };
}
