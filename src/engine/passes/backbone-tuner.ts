/** The tuner of a device, on steps of the backbone that is loaded. */
import type { Backbone } from '../../model/backbone.ts';
import type { Device } from '../device.ts';
import type { KernelTuner } from '../engine.ts';
import type { DeviceTuner } from '../optional-operations.ts';
import { throwAwaySteps, throwAwayStepsOn } from './throw-away-steps.ts';
import { recordTraining } from './warm-up.ts';
import { uploadBackbone, type DeviceBackbone } from './weights.ts';

/** A second copy of a backbone, to try it in half precision, must not crowd out a study. */
const MOST_BYTES_FOR_HALVES = 2 ** 30;

/**
 * @param backbone @throws Error when none is loaded
 * @param single its weights in single precision, of which a copy in halves can be tried; null: it is in halves already
 */
export function createBackboneTuner<T>(
  device: Device<T>,
  tuner: DeviceTuner,
  backbone: () => DeviceBackbone<T>,
  single: () => Backbone | null,
): KernelTuner {
  return {
    ...tuner,
    get chosen() {
      return tuner.chosen;
    },
    prove: (kinds, watch) =>
      tuner.prove(() => {
        for (const steps of kinds) recordTraining(device, backbone(), steps);
      }, watch),
    tune(steps, ...rest) {
      const { halves: name } = steps;
      const source = single();
      const halves =
        name !== undefined && source && device.memoryBytes() <= MOST_BYTES_FOR_HALVES
          ? { name, steps: throwAwayStepsOn(device, () => uploadBackbone(device, source, 'f16'), steps) }
          : null;
      return tuner.tune(throwAwaySteps(device, backbone(), steps), ...rest, halves);
    },
  };
}
