/** What a device was given for a study, and a new one gets in its place: the backbone, its precision, and the forms of kernels. */
import type { Backbone } from '../../model/backbone.ts';
import type { Engine, EngineInfo } from '../engine.ts';
import type { KernelChoice } from '../kernel-tuning.ts';
import type { Precision } from '../precision.ts';

/** Losses with the same forms after which a device gets the usual ones: they may be the cause. */
const LOSSES_WITH_FORMS = 2;

export class DeviceSetup {
  private chosenPrecision: Precision = 'f32';
  /** With the precision it was loaded at; another may have been chosen since. */
  private loaded: { readonly backbone: Backbone; readonly precision: Precision } | null = null;
  /** With the device it was found on. */
  private chosen: { readonly choice: KernelChoice; readonly on: EngineInfo } | null = null;
  /** Since the forms were chosen. */
  private losses = 0;

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
    this.losses = 0;
    engine.tuner?.choose(choice);
  }

  /**
   * Gives a new device what the lost one had. Forms are proven on one device, so another one gets the usual ones.
   * @returns whether the same device gets the usual ones, too, because it was lost with others again and again
   */
  restoreOn(engine: Engine, lost: Engine): boolean {
    const isSame = isAlike(lost.info, engine.info);
    if (isSame && lost.pace) engine.pace?.beginAfterLoss(lost.pace.learned);
    this.losses++;
    const { chosen, loaded } = this;
    const isProven = chosen !== null && isAlike(chosen.on, engine.info);
    const isToBlame = isProven && Object.keys(chosen.choice).length > 0 && this.losses >= LOSSES_WITH_FORMS;
    if (isToBlame) this.chosen = null;
    engine.tuner?.choose(isProven && !isToBlame ? chosen.choice : {});
    if (loaded) {
      engine.choosePrecision(loaded.precision);
      engine.load(loaded.backbone);
    }
    engine.choosePrecision(this.precision);
    return isToBlame;
  }
}

/** Whether it is the same device, as far as it tells its name. */
export const isAlike = (one: EngineInfo, other: EngineInfo): boolean =>
  one.device === other.device && one.software === other.software;
