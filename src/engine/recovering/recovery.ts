/** How what lives on a device gets over its loss. */
import type { Engine } from '../engine.ts';
import { DeviceLostError } from '../errors.ts';

/** What trainers and evaluators need of the engine that owns them. */
export interface Recovery {
  /** Counts devices: what fails under an older number has only to be asked again. */
  readonly generation: number;
  /** The present device. */
  readonly engine: Engine;
  /** Under way: what is started meanwhile has to wait, or it would get in between the steps that are repeated. */
  readonly recovering: Promise<void> | null;
  /** Opens a new device unless that happened since `generation`. @throws DeviceLostError when there is no getting it back */
  recover(generation: number, cause: DeviceLostError): Promise<void>;
}

export interface Rebuilt {
  /** Makes everything anew on a device that was just opened. */
  rebuild(engine: Engine): Promise<void>;
}

/** Runs `attempt` on the present device, again after every recovery. */
export async function persist<R>(recovery: Recovery, attempt: () => Promise<R>): Promise<R> {
  for (;;) {
    if (recovery.recovering) await recovery.recovering;
    const { generation } = recovery;
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof DeviceLostError)) throw error;
      await recovery.recover(generation, error);
    }
  }
}
