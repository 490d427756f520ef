/** What a device was given for a study, and a new one gets in its place: the backbone, its precision, and the forms of kernels. */
import type { Backbone } from '../../model/backbone.ts';
import type { Engine, EngineInfo } from '../engine.ts';
import type { KernelChoice } from '../kernel-tuning.ts';
import type { Precision } from '../precision.ts';

export class DeviceSetup {
  private chosenPrecision: Precision = 'f32';
  /** With the precision it was loaded at; another may have been chosen since. */
  private loaded: { readonly backbone: Backbone; readonly precision: Precision } | null = null;
  /** With the device it was found on. */
  private chosen: { readonly choice: KernelChoice; readonly on: EngineInfo } | null = null;

  get precision(): Precision {
    return this.chosenPrecision;
  }

  choosePrecision(engine: Engine, precision: Precision): void {
    engine.choosePrecision(precision);
    this.chosenPrecision = precision;
  }

  load(engine: Engine, backbone: Backbone): void {
    this.loaded = { backbone, precision: this.precision };
    engine.load(backbone);
  }

  chooseKernels(engine: Engine, choice: KernelChoice): void {
    this.chosen = { choice, on: engine.info };
    engine.tuner?.choose(choice);
  }

  /** Gives a new device what the lost one had. Forms are proven on one device, so another one gets the usual ones. */
  restoreOn(engine: Engine): void {
    const { chosen, loaded } = this;
    engine.tuner?.choose(chosen && isAlike(chosen.on, engine.info) ? chosen.choice : {});
    if (loaded) {
      engine.choosePrecision(loaded.precision);
      engine.load(loaded.backbone);
    }
    engine.choosePrecision(this.precision);
  }
}

/** Whether it is the same device, as far as it tells its name. */
export const isAlike = (one: EngineInfo, other: EngineInfo): boolean =>
  one.device === other.device && one.software === other.software;
