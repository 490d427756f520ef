/** The portable engine: explicit passes over any Device. */
import type { Engine } from '../engine.ts';
import type { Device } from '../device.ts';
import { createEvaluator, type EvaluationBudget } from './evaluator.ts';
import { createTrainer } from './trainer.ts';
import { uploadBackbone, type DeviceBackbone } from './weights.ts';

export function createPortableEngine<T>(device: Device<T>, budget: EvaluationBudget): Engine {
  let loaded: DeviceBackbone<T> | null = null;
  const backbone = (): DeviceBackbone<T> => {
    if (!loaded) throw new Error('Load a backbone before training or evaluating.');
    return loaded;
  };
  return {
    info: device.info,
    inspector: device.inspector ?? null,
    load(weights) {
      loaded?.free();
      loaded = null; // also when the upload fails
      loaded = uploadBackbone(device, weights);
    },
    createTrainer: (spec) => createTrainer(device, backbone(), spec),
    createEvaluator: (spec) => createEvaluator(device, backbone(), spec, budget),
    memoryBytes: () => device.memoryBytes(),
    dispose() {
      loaded?.free();
      loaded = null;
      device.dispose();
    },
  };
}
