/** The adapter that a run is taken with, kept while it trains: see copra/taking.ts. */
import {
  addToMean,
  averagedSteps,
  CANDIDATES,
  candidateSteps,
  lossAround,
  stepOfLoss,
  stepOfUpdates,
  type LossCurve,
} from '../../../copra/taking.ts';
import { completeArm, type ArmConfig, type StudyConfig } from '../../config/config.ts';
import type { PlannedPopulation, PlannedRun } from './populations.ts';
import { STUDY_NOTICES } from '../words.ts';

/** Bytes of all adapters together that are kept for the comparison of losses. */
const CANDIDATE_BYTES = 64 * 2 ** 20;

/** What a run has kept so far: the steps, and their adapters, or one mean of all of them. */
export interface KeptAdapters {
  readonly steps: readonly number[];
  readonly adapters: readonly Float32Array[];
}

export interface TakenAdapter {
  readonly adapter: Float32Array;
  /** Steps after which the run had it; null for the last step, and for a mean. */
  readonly step: number | null;
}

export interface Taking {
  /** Steps, counted from 1, after which `keep` wants the adapter. */
  readonly steps: ReadonlySet<number>;
  /** Whether `keep` reads the losses of the steps so far. */
  readonly readsLoss: boolean;
  /** @param adapter not changed any more by the caller */
  keep(step: number, adapter: Float32Array, curve: LossCurve): void;
  /** @param last the adapter after the last step @param reference losses of the run it is held against; null when that diverged */
  take(last: Float32Array, curve: LossCurve, reference: LossCurve | null): TakenAdapter;
  readonly kept: KeptAdapters;
  restore(kept: KeptAdapters): void;
}

/** The arm with which this one is held equal in updates or loss: the first of another method that is taken with its last adapter. */
export const referenceArm = (arms: readonly ArmConfig[], arm: ArmConfig): ArmConfig | null =>
  arms.find((other) => other.method !== arm.method && completeArm(other).take === 'last') ?? null;

const needsReference = (arm: ArmConfig): boolean => ['updates', 'loss'].includes(completeArm(arm).take);

/** Some arms of a study, with those that they are held equal with, in its order. */
export function withReferences(arms: readonly ArmConfig[], some: readonly ArmConfig[]): ArmConfig[] {
  const needed = some.filter(needsReference).map((arm) => referenceArm(arms, arm)?.id);
  const ids = new Set([...some.map(({ id }) => id), ...needed]);
  return arms.filter(({ id }) => ids.has(id));
}

/** @throws RangeError naming an arm that is held equal with another, where there is no other. */
export function checkTaking(arms: readonly ArmConfig[]): void {
  const lost = arms.find((arm) => needsReference(arm) && referenceArm(arms, arm) === null);
  if (lost) throw new RangeError(STUDY_NOTICES.noReference(lost.name));
}

/** Starts empty; `steps` and what becomes of their adapters is up to the way of taking. */
abstract class Keeping implements Taking {
  protected keptSteps: number[] = [];
  protected adapters: Float32Array[] = [];
  readonly readsLoss: boolean = false;

  constructor(readonly steps: ReadonlySet<number>) {}

  abstract keep(step: number, adapter: Float32Array, curve: LossCurve): void;
  abstract take(last: Float32Array, curve: LossCurve, reference: LossCurve | null): TakenAdapter;

  get kept(): KeptAdapters {
    return { steps: [...this.keptSteps], adapters: this.adapters.map((adapter) => adapter.slice()) };
  }

  restore({ steps, adapters }: KeptAdapters): void {
    this.keptSteps = [...steps];
    this.adapters = adapters.map((adapter) => adapter.slice());
  }
}

class LastAdapter extends Keeping {
  constructor() {
    super(new Set());
  }

  keep(): void {}

  take(last: Float32Array): TakenAdapter {
    return { adapter: last, step: null };
  }
}

class AveragedAdapter extends Keeping {
  keep(step: number, adapter: Float32Array): void {
    if (this.adapters.length === 0) this.adapters = [adapter.slice()];
    else addToMean(this.adapters[0], this.keptSteps.length, adapter);
    this.keptSteps.push(step);
  }

  take(last: Float32Array): TakenAdapter {
    return { adapter: this.adapters.at(0) ?? last, step: null };
  }
}

class AdapterAtStep extends Keeping {
  constructor(private readonly step: number) {
    super(new Set([step]));
  }

  keep(step: number, adapter: Float32Array): void {
    this.keptSteps = [step];
    this.adapters = [adapter];
  }

  take(last: Float32Array): TakenAdapter {
    return { adapter: this.adapters.at(0) ?? last, step: this.step };
  }
}

class AdapterAtLoss extends Keeping {
  override readonly readsLoss = true;

  constructor(
    steps: readonly number[],
    private readonly total: number,
  ) {
    super(new Set(steps));
  }

  /** Only a step with a lower loss than all before can be the first at or below any. */
  keep(step: number, adapter: Float32Array, curve: LossCurve): void {
    const loss = lossAround(curve, step, this.total);
    if (this.keptSteps.some((earlier) => !(loss < lossAround(curve, earlier, this.total)))) return;
    this.keptSteps.push(step);
    this.adapters.push(adapter);
  }

  take(last: Float32Array, curve: LossCurve, reference: LossCurve | null): TakenAdapter {
    const lossAt = (step: number) => lossAround(curve, step, this.total);
    const step = reference && stepOfLoss(this.keptSteps, lossAt, lossAround(reference, this.total, this.total));
    return step === null
      ? { adapter: last, step: null }
      : { adapter: this.adapters[this.keptSteps.indexOf(step)], step };
  }
}

const updatesOf =
  ({ gates }: PlannedRun) =>
  (step: number): number =>
    gates(step).pairs.reduce((sum, gate) => sum + gate, 0);

/** Adapters of one run that are kept for the comparison of losses. @param bytes of one adapter of all runs that are taken by their loss */
const candidatesWithin = (bytes: number): number =>
  Math.max(2, Math.min(CANDIDATES, Math.floor(CANDIDATE_BYTES / bytes)));

/**
 * @param reference the run of the reference arm with the same seed; null where none is needed
 * @param bytes of one adapter of all runs that are taken by their loss
 * @throws RangeError when a reference is needed and missing
 */
function takingOf(run: PlannedRun, reference: PlannedRun | null, total: number, bytes: number): Taking {
  const { take, averageShare } = completeArm(run.arm);
  if (take === 'average') return new AveragedAdapter(new Set(averagedSteps(total, averageShare)));
  if (take === 'last') return new LastAdapter();
  if (reference === null)
    throw new RangeError(`${run.arm.name}, seed ${run.seed}, is held equal with a run that is not trained with it.`);
  if (take === 'loss') return new AdapterAtLoss(candidateSteps(total, candidatesWithin(bytes)), total);
  const updates = updatesOf(reference);
  let wanted = 0;
  for (let step = 0; step < total; step++) wanted += updates(step);
  return new AdapterAtStep(stepOfUpdates(updatesOf(run), wanted, total));
}

/**
 * [populations][runs]: how the adapter of every run is taken.
 * @throws RangeError when a run is held equal with one that is not trained with it
 */
export function takingsOf({ arms, training }: StudyConfig, plans: readonly PlannedPopulation[]): Taking[][] {
  const all = plans.flatMap(({ runs }) => runs);
  const bytes = plans
    .map(({ layout, runs }) => 4 * layout.size * runs.filter(({ arm }) => completeArm(arm).take === 'loss').length)
    .reduce((a, b) => a + b, 0);
  return plans.map(({ runs }) =>
    runs.map((run) => {
      const other = referenceArm(arms, run.arm);
      const reference = all.find(({ arm, seed }) => arm.id === other?.id && seed === run.seed) ?? null;
      return takingOf(run, reference, training.steps, bytes);
    }),
  );
}
