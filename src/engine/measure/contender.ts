/** What the protocol needs of whoever is measured. */
import type { ContenderAnswer } from './answers.ts';
import type { ContenderFacts } from './measurement.ts';
import type { TaskId } from './tasks.ts';

/** A task that is set up on a device. */
export interface Work {
  /** Does so many pieces back to back; resolves when all are computed. The same number gives the same work, apart from a step's place in training. */
  run(pieces: number): Promise<void>;
  /** What the first piece computed. Asked once, after the first run, which had one piece. */
  answer(): Promise<ContenderAnswer>;
  dispose(): void;
}

/** A device with one way of computing the tasks on it. */
export interface Contender {
  readonly facts: ContenderFacts;
  /** Gigabytes that a heavy task takes, beside what is left to everybody else; 0 of others. */
  memoryOf(task: TaskId): number;
  /** Pieces that make the whole task; 1 where it does all of it at once. */
  perTask(task: TaskId): number;
  /** Called before each use: contenders that share a global backend select their own. */
  select(): Promise<void>;
  /** Computes next to nothing, and waits for it. */
  roundTrip(): Promise<unknown>;
  /** @throws Error saying why the device cannot do it */
  prepare(task: TaskId): Promise<Work>;
  dispose(): void;
}
