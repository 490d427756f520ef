/** Trainings that fit the memory of the device. */
import type { Engine, MemoryCircumstances, MemoryPlan, Objective, TrainerSpec } from '../../engine/engine.ts';
import type { Task } from '../../data/task.ts';
import type { MemoryNote } from '../result/memory-note.ts';
import { amountText } from '../result/memory-text.ts';
import type { PlannedPopulation, PlannedRun } from './training/populations.ts';
import { trainerSpec } from './training/trainer-spec.ts';
import { STUDY_NOTICES } from './words.ts';

/** What is known of the memory before a training begins. */
export interface MemoryRoom {
  /** The reader's bound; undefined: that of the device. */
  readonly chosenBytes: number | undefined;
  /** Training images, which a device may hold. */
  readonly task: Task;
  /** Values of the adapters of all other trainings that are open at the same time. */
  readonly otherValues?: number;
}

/** An adapter lies on the device with its gradient and two moments, as float32. */
const BYTES_PER_VALUE = 16;

/** Values of all adapters of a training. */
const adapterValues = ({ layout, initial }: TrainerSpec): number => layout.size * initial.length;

export interface FittedTraining {
  readonly spec: TrainerSpec;
  readonly memory: MemoryPlan;
}

/** What the memory of a step depends on besides its spec. */
function stepsOf(trainings: readonly PlannedRun[]): Pick<MemoryCircumstances, 'sourceOfRun' | 'hasBranchFactors'> {
  const seeds = [...new Set(trainings.map(({ seed }) => seed))];
  return {
    sourceOfRun: trainings.map(({ seed }) => seeds.indexOf(seed)),
    hasBranchFactors: trainings.some(({ gates }) => gates(0).factors !== null),
  };
}

/** A training whose steps are cut so that they fit. One that fits stays as it is. @param trainings one per run */
export function fitted(
  engine: Pick<Engine, 'planMemory'>,
  spec: TrainerSpec,
  trainings: readonly PlannedRun[],
  batchSize: number,
  { chosenBytes, task: { train }, otherValues = 0 }: MemoryRoom,
): FittedTraining {
  const memory = engine.planMemory(spec, batchSize, {
    chosenBytes,
    imageBytes: (4 * train.pixels.length) / 3, // a word per pixel
    otherBytes: BYTES_PER_VALUE * otherValues,
    ...stepsOf(trainings),
  });
  return { spec: memory.cost > 1 ? { ...spec, plan: memory.plan } : spec, memory };
}

/** Trainings of populations, which are open at the same time. */
export function fittedTogether(
  engine: Pick<Engine, 'planMemory'>,
  objective: Objective,
  plans: readonly PlannedPopulation[],
  batchSize: number,
  room: Omit<MemoryRoom, 'otherValues'>,
): FittedTraining[] {
  const specs = plans.map((plan) => trainerSpec(objective, plan));
  const all = specs.reduce((sum, spec) => sum + adapterValues(spec), 0);
  return specs.map((spec, p) =>
    fitted(engine, spec, plans[p].trainings, batchSize, { ...room, otherValues: all - adapterValues(spec) }),
  );
}

const needsOf = ({ memory, otherBytes }: MemoryPlan): number => memory.total + otherBytes;

/** Of the training that needs the most. @param trainings at least one */
export function memoryNote(trainings: readonly FittedTraining[], batchSize: number): MemoryNote {
  const { spec, memory } = trainings.reduce((most, other) =>
    needsOf(other.memory) > needsOf(most.memory) ? other : most,
  );
  const { plan, uncut, limit, otherBytes, recomputed } = memory;
  return {
    bytes: needsOf(memory),
    uncut: uncut.total + otherBytes,
    limit: limit.bytes,
    ...(plan.runs < spec.initial.length && { runs: plan.runs }),
    ...(plan.images < batchSize && { images: plan.images }),
    ...(recomputed > 0 && { recomputed }),
  };
}

/** A sentence for the user if even the least that a training needs does not fit; otherwise null. */
export function shortageText(trainings: readonly FittedTraining[]): string | null {
  const short = trainings.find(({ memory }) => !memory.fits);
  if (!short) return null;
  const { memory, limit } = short.memory;
  if (memory.largestTensor > limit.tensorBytes)
    return STUDY_NOTICES.tensorTooLarge(amountText(memory.largestTensor), amountText(limit.tensorBytes));
  const [needs, weights, has] = [needsOf(short.memory), memory.weights, limit.bytes].map(amountText);
  return STUDY_NOTICES.memoryShort(needs, weights, has, limit.kind);
}
