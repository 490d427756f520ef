/** A run in training: its curves, its tape, and its reports. */
import type { LossCurve } from '../../../copra/taking.ts';
import type { LiveRunState } from '../../checkpoint/checkpoint.ts';
import type { StudyContext } from '../context.ts';
import type { PlannedRun } from './populations.ts';
import type { RunResult } from '../../result/result.ts';
import { validatedWhileTraining } from '../../result/measures/validation.ts';
import { TapeRecorder } from '../../result/tape-recorder.ts';
import { found } from '../../result/result-parts.ts';
import { STUDY_NOTICES } from '../words.ts';

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
  private divergedAt: number | undefined;
  private test: RunResult['test'] = null;
  private takenAt: number | null = null;
  private testedValidation: number | null = null;
  readonly tape: TapeRecorder;

  constructor(
    readonly planned: PlannedRun,
    private readonly context: StudyContext,
    players: number,
  ) {
    this.tape = new TapeRecorder(context.config.training, players);
  }

  /** Whether the adapter that is taken was validated while the run trained. @param step after which the run had it; null: all, or it is a mean */
  hasValidated(step: number | null): boolean {
    const { validation, steps } = this;
    return validatedWhileTraining(this.planned.arm, { validation, steps, takenAt: step ?? steps }) !== null;
  }

  /** Training losses so far. */
  get curve(): LossCurve {
    return { steps: this.lossSteps, losses: this.losses };
  }

  get hasDiverged(): boolean {
    return this.divergedAt !== undefined;
  }

  /** Whether nothing is left to validate at this step. */
  get isValidated(): boolean {
    return this.hasDiverged || this.validation.at(-1)?.step === this.steps;
  }

  record(loss: number, players: Uint8Array): void {
    const { steps: total } = this.context.config.training;
    const window = Math.ceil(total / CURVE_POINTS);
    this.steps++;
    this.tape.push(players);
    if (!Number.isFinite(loss)) this.diverge();
    if (this.hasDiverged) return;
    this.windowSum += loss;
    this.windowCount++;
    if (this.windowCount < window && this.steps < total) return;
    this.lossSteps.push(this.steps);
    this.losses.push(this.windowSum / this.windowCount);
    this.windowSum = 0;
    this.windowCount = 0;
  }

  /** Its numbers are not finite from here on. The run ends; the others of its population continue. */
  diverge(): void {
    if (this.hasDiverged) return;
    this.divergedAt = this.steps;
    const { arm, seed } = this.planned;
    this.context.emit({
      type: 'notice',
      message: STUDY_NOTICES.diverged(arm.name, seed, this.steps, arm.learningRate),
    });
  }

  /** The loss of the last step does not cover its update, which may have diverged. */
  addValidation(accuracy: number, loss: number): void {
    if (!Number.isFinite(loss)) this.diverge();
    if (this.hasDiverged) return;
    this.validation.push({ step: this.steps, accuracy, loss });
  }

  /** Sends curves and the new part of the tape. */
  report(): void {
    const { arm, seed } = this.planned;
    const { emit } = this.context;
    emit(found('runs', [this.result(null)]));
    const gates = this.tape.since(this.sentSteps);
    if (gates.length > 0)
      emit({ type: 'gates', arm: arm.id, seed, fromStep: this.sentSteps, gates, players: this.tape.players });
    this.sentSteps = this.steps;
  }

  /**
   * The run is over: reports it with its whole tape.
   * @param takenAt steps after which it had the tested adapter; null: all
   * @param testedValidation accuracy of that adapter on validation images; null where it has it of its training, or there are none
   */
  finish(test = this.test, takenAt = this.takenAt, testedValidation = this.testedValidation): void {
    this.test = test;
    this.takenAt = takenAt;
    this.testedValidation = testedValidation;
    this.context.emit(found('runs', [this.result(this.tape.packed())]));
  }

  save(): LiveRunState {
    const { lossSteps, losses, validation, steps, windowSum, windowCount, divergedAt } = this;
    return structuredClone({
      lossSteps,
      losses,
      validation,
      steps,
      windowSum,
      windowCount,
      ...(divergedAt !== undefined && { diverged: divergedAt }),
      gates: this.tape.packed(),
    });
  }

  /** @throws RangeError when the tape is shorter than the steps. */
  restore(state: LiveRunState): void {
    const { lossSteps, losses, validation, steps, windowSum, windowCount, gates, diverged } = structuredClone(state);
    Object.assign(this, { lossSteps, losses, validation, steps, windowSum, windowCount, divergedAt: diverged });
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
      ...(this.divergedAt !== undefined && { diverged: this.divergedAt }),
      ...(this.takenAt !== null && { takenAt: this.takenAt }),
      ...(this.testedValidation !== null && { testedValidation: this.testedValidation }),
      test: this.test,
    };
  }
}
