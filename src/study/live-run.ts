/** A run while it is trained: its curves, its tape, and what it reports. */
import type { LiveRunState } from './checkpoint.ts';
import type { StudyContext } from './context.ts';
import type { PlannedRun } from './populations.ts';
import type { RunResult } from './result.ts';
import { TapeRecorder } from './tape.ts';

/** Points of a loss curve. */
const CURVE_POINTS = 200;

export class LiveRun {
  private lossSteps: number[] = [];
  private losses: number[] = [];
  private validation: { step: number; accuracy: number; loss: number }[] = [];
  private windowSum = 0;
  private windowCount = 0;
  private sentSteps = 0;
  private steps = 0;
  private test: RunResult['test'] = null;
  readonly tape: TapeRecorder;

  constructor(
    readonly planned: PlannedRun,
    private readonly context: StudyContext,
    players: number,
  ) {
    this.tape = new TapeRecorder(context.config.training, players);
  }

  record(loss: number, players: Uint8Array): void {
    const { steps: total } = this.context.config.training;
    const window = Math.ceil(total / CURVE_POINTS);
    this.steps++;
    this.tape.push(players);
    this.windowSum += loss;
    this.windowCount++;
    if (this.windowCount < window && this.steps < total) return;
    this.lossSteps.push(this.steps);
    this.losses.push(this.windowSum / this.windowCount);
    this.windowSum = 0;
    this.windowCount = 0;
  }

  addValidation(accuracy: number, loss: number): void {
    this.validation.push({ step: this.steps, accuracy, loss });
  }

  /** Sends curves and the new part of the tape. */
  report(): void {
    const { arm, seed } = this.planned;
    const { emit } = this.context;
    emit({ type: 'run', run: this.result(null) });
    const gates = this.tape.since(this.sentSteps);
    if (gates.length > 0)
      emit({ type: 'gates', arm: arm.id, seed, fromStep: this.sentSteps, gates, players: this.tape.players });
    this.sentSteps = this.steps;
  }

  /** The run is over: its whole tape goes with it. */
  finish(test: RunResult['test'] = this.test): void {
    this.test = test;
    this.context.emit({ type: 'run', run: this.result(this.tape.packed()) });
  }

  save(): LiveRunState {
    const { lossSteps, losses, validation, steps, windowSum, windowCount } = this;
    return structuredClone({
      lossSteps,
      losses,
      validation,
      steps,
      windowSum,
      windowCount,
      gates: this.tape.packed(),
    });
  }

  /** @throws RangeError when the tape is shorter than the steps. */
  restore(state: LiveRunState): void {
    const { lossSteps, losses, validation, steps, windowSum, windowCount, gates } = structuredClone(state);
    Object.assign(this, { lossSteps, losses, validation, steps, windowSum, windowCount });
    this.tape.load(gates, steps);
  }

  private result(gates: string | null): RunResult {
    const { arm, seed } = this.planned;
    return {
      arm: arm.id,
      seed,
      lossSteps: [...this.lossSteps],
      losses: [...this.losses],
      validation: [...this.validation],
      gates,
      steps: this.steps,
      test: this.test,
    };
  }
}
