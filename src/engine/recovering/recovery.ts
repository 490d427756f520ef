/** How trainers, evaluators and images survive the loss of their device, and trainers the end of its memory. */
import type { Engine, StepPlan, TrainBatch, TrainerSpec } from '../engine.ts';
import { DeviceLostError } from '../errors.ts';

/** The part of the recovering engine that trainers and evaluators use. */
export interface Recovery {
  /** Number of the present device. A request that failed under an older number is simply repeated. */
  readonly generation: number;
  /** The present device. */
  readonly engine: Engine;
  /** A recovery under way. New requests wait for it, so that they do not come between the repeated steps. */
  readonly recovering: Promise<void> | null;
  /** Opens a new device unless that happened since `generation`. @throws DeviceLostError when none can be opened */
  recover(generation: number, cause: DeviceLostError): Promise<void>;
  /** A step or an evaluation came to its end: what is lost from here on is lost anew. */
  succeeded(): void;
  /** A plan of the same steps that needs less memory, and whoever makes one from here on knows what there is; null if they cannot be cut smaller. */
  cut(spec: TrainerSpec, batch: TrainBatch): StepPlan | null;
  /** Tells the user. */
  tell(message: string): void;
}

/** Images of every source in a batch. */
export const batchSizeOf = ({ labels, sourceOfRun }: TrainBatch): number =>
  labels.length / (Math.max(...sourceOfRun) + 1);

/** What lies on a device and is made again on the next one. */
export interface Rebuilt {
  /** @throws DeviceLostError when that is lost meanwhile */
  rebuild(engine: Engine): Promise<void>;
}

/** Runs `attempt` on the present device, again after every recovery. */
export async function persist<R>(recovery: Recovery, attempt: () => Promise<R>): Promise<R> {
  for (;;) {
    if (recovery.recovering) await recovery.recovering;
    const { generation } = recovery;
    try {
      const result = await attempt();
      recovery.succeeded();
      return result;
    } catch (error) {
      if (!(error instanceof DeviceLostError)) throw error;
      await recovery.recover(generation, error);
    }
  }
}
