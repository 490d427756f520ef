/** An Engine over any Device: the explicit passes. */
import type { Backbone } from '../../model/backbone.ts';
import type { Engine } from '../engine.ts';
import type { EvaluationBudget } from '../budget.ts';
import type { Device } from '../device.ts';
import { shapeBackbone } from '../memory/backbone-shapes.ts';
import { memoryLimit, type UntoldLimit } from '../memory/limits.ts';
import { planTraining } from '../memory/plan-training.ts';
import type { Precision } from '../precision.ts';
import { ENGINE_NOTICES } from '../words.ts';
import { attempt } from './attempt.ts';
import { attentionMaps } from './attention-maps.ts';
import { createBackboneTuner } from './backbone-tuner.ts';
import { createEvaluator } from './evaluation/evaluator.ts';
import { promptFeatures } from './prompt-features.ts';
import { preparePrompts } from './towers.ts';
import { createTrainer } from './trainer.ts';
import { holdImages } from './training-images.ts';
import { recordTraining } from './warm-up.ts';
import { uploadBackbone, type DeviceBackbone } from './weights.ts';

/** @param machineBytes memory of the machine; absent: unknown @param untold as of memory/limits.ts */
export function createDeviceEngine<T>(
  device: Device<T>,
  budget: EvaluationBudget,
  machineBytes?: number,
  untold?: UntoldLimit,
): Engine {
  let loaded: DeviceBackbone<T> | null = null;
  let weights: Backbone | null = null;
  let precision: Precision = 'f32';
  const backbone = (): DeviceBackbone<T> => {
    if (!loaded) throw new Error('Load a backbone before training or evaluating.');
    return loaded;
  };
  const { tuner } = device;
  return {
    info: device.info,
    inspector: device.inspector ?? null,
    pace: device.pace ?? null,
    tuner: tuner ? createBackboneTuner(device, tuner, backbone, () => (precision === 'f32' ? weights : null)) : null,
    get precision() {
      return precision;
    },
    choosePrecision(chosen) {
      if (chosen === 'f16' && !device.info.halves) throw new RangeError(ENGINE_NOTICES.noHalves(device.info.device));
      precision = chosen;
    },
    load(source) {
      loaded?.free();
      loaded = null; // also when the upload fails
      loaded = attempt(device, () => uploadBackbone(device, source, precision));
      weights = source;
    },
    async textFeatures(tokens, prompts) {
      const { clip } = backbone();
      if (!clip) throw new RangeError('This backbone has no text tower, so prompts have no features.');
      return promptFeatures(device, clip, preparePrompts(clip.text, tokens, prompts), budget);
    },
    async warmUp(steps, onProgress) {
      await device.warmUp?.(() => recordTraining(device, backbone(), steps), onProgress);
    },
    trainingImages: (pixels) => holdImages(device, backbone().vision, pixels),
    planMemory(
      spec,
      batchSize,
      {
        chosenBytes,
        foundBytes = Infinity,
        otherBytes = 0,
        imageBytes = 0,
        shapes,
        precision: planned = precision,
        ...batch
      } = {},
    ) {
      const other = otherBytes + (device.images ? imageBytes : 0);
      const limit = memoryLimit(device.info, machineBytes, chosenBytes, foundBytes + other, untold);
      const training = {
        ...batch,
        spec,
        batchSize,
        precision: planned,
        limit,
        otherBytes: other,
      };
      return shapes
        ? planTraining(device.info, shapeBackbone(shapes), (shape) => shape, training)
        : planTraining(device.info, backbone(), (tensor) => device.shape(tensor), training);
    },
    createTrainer: (spec) => attempt(device, () => createTrainer(device, backbone(), spec)),
    createEvaluator: (spec) => createEvaluator(device, backbone(), spec, budget),
    attention: (spec, variant, patches) => attentionMaps(device, backbone(), spec, variant, patches),
    bringResults: () => device.later?.bring(),
    release: () => device.release?.(),
    memoryBytes: () => device.memoryBytes(),
    dispose() {
      loaded?.free();
      loaded = null;
      device.dispose();
    },
  };
}
