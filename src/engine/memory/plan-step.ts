/**
 * How a training step is cut so that it fits the memory: the cheapest of the cuts that fit. A cut costs time: blocks are computed again, and pieces that are
 * too small do not keep a device busy. Images take turns only where no other cut fits, so that results do not depend on the memory: all others leave every bit
 * as it is, and cost at most about a third of a step.
 */
import { TOWERS, type TowerName } from '../../core/adapter-layout.ts';
import type { MemoryLimit, MemoryPlan, StepMemory, StepPlan } from '../engine.ts';
import { stepMemory, type CountedTraining } from './step-memory.ts';

/** A block that is computed again costs two thirds of its forward: fc2, a third of its products, is left out. A step is a forward and as much again. */
const RECOMPUTED_SHARE = 1 / 3;

/** What a training computes of a tower. */
export interface TowerRows {
  /** Rows of one run: of its images, or of the prompts. 0 if no layer is trained. */
  readonly rows: number;
  /** The lowest trained layer, and the number of layers. */
  readonly lowest: number;
  readonly layers: number;
}

/** What decides how a step is cut. */
export interface Cutting {
  readonly limit: MemoryLimit;
  /** Bytes in use beside this training: of images, and of other populations. */
  readonly otherBytes: number;
  /** Rows that take as long as what every further piece costs. */
  readonly pieceRows: number;
  readonly towers: Readonly<Record<TowerName, TowerRows>>;
}

const NOTHING_AGAIN = { vision: 0, text: 0 };

/** Sizes of the largest of 1, 2, 3, 4, 6, 8, 12 … pieces, falling: whole numbers of them fit most batches, and equal pieces share their memory. */
export function pieceSizes(count: number): number[] {
  const found = new Set<number>();
  for (let power = 1; power <= count; power *= 2)
    for (const pieces of [power, 1.5 * power]) if (Number.isInteger(pieces)) found.add(Math.ceil(count / pieces));
  return [...found, 1].filter((size, i, all) => all.indexOf(size) === i).sort((a, b) => b - a);
}

/** Blocks of both towers that a step in which every gate is open computes again. */
const recomputedOf = ({ recomputeBelow }: StepPlan, { towers }: Cutting): number =>
  TOWERS.reduce((sum, tower) => sum + Math.max(0, recomputeBelow[tower] - towers[tower].lowest), 0);

/** The time of a step over that of an uncut one, estimated. */
function costOf(plan: StepPlan, whole: StepPlan, { towers, pieceRows }: Cutting): number {
  const pieces = Math.ceil(whole.runs / plan.runs) * Math.ceil(whole.images / plan.images);
  let rows = 0;
  let again = 0;
  for (const tower of TOWERS) {
    const { rows: perRun, lowest, layers } = towers[tower];
    rows += whole.runs * perRun;
    again += (whole.runs * perRun * Math.max(0, plan.recomputeBelow[tower] - lowest)) / layers;
  }
  return 1 + ((pieces - 1) * pieceRows + RECOMPUTED_SHARE * again) / Math.max(1, rows);
}

/** Which layers are computed again, from none to all: first those of the vision tower, whose rows are the most. */
function recomputations({ towers }: Cutting): StepPlan['recomputeBelow'][] {
  const levels: StepPlan['recomputeBelow'][] = [NOTHING_AGAIN];
  for (const tower of TOWERS) {
    const { rows, lowest, layers } = towers[tower];
    const before = levels[levels.length - 1];
    if (rows > 0) for (let below = lowest + 1; below <= layers; below++) levels.push({ ...before, [tower]: below });
  }
  return levels;
}

interface Counted {
  readonly plan: StepPlan;
  readonly memory: StepMemory;
}

/** The value at the first of `count` places from which on `holds`; null when it does not hold at the last. */
function firstThat<E>(count: number, valueOf: (index: number) => E, holds: (value: E) => boolean): E | null {
  let found = valueOf(count - 1);
  if (!holds(found)) return null;
  let [from, to] = [0, count - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    const value = valueOf(middle);
    if (holds(value)) {
      found = value;
      to = middle;
    } else from = middle + 1;
  }
  return found;
}

/** @returns the plan; if nothing fits, the one that needs the least */
export function planStep(training: CountedTraining, cutting: Cutting): MemoryPlan {
  const { spec, batchSize } = training;
  const { limit, otherBytes } = cutting;
  const whole: StepPlan = { runs: spec.initial.length, images: batchSize, recomputeBelow: NOTHING_AGAIN };
  const count = (plan: StepPlan): Counted => ({ plan, memory: stepMemory({ ...training, spec: { ...spec, plan } }) });
  const fits = ({ memory }: Counted): boolean =>
    memory.total + otherBytes <= limit.bytes && memory.largestTensor <= limit.tensorBytes;
  const uncut = count(whole);
  const given = spec.plan ? count(spec.plan) : uncut;
  const answer = ({ plan, memory }: Counted, isFitting: boolean): MemoryPlan => ({
    plan,
    memory,
    otherBytes,
    uncut: uncut.memory,
    given: given.memory,
    limit,
    fits: isFitting,
    cost: costOf(plan, whole, cutting),
    recomputed: recomputedOf(plan, cutting),
  });
  if (fits(uncut)) return answer(uncut, true);

  const levels = recomputations(cutting);
  const cuts = pieceSizes(whole.images)
    .flatMap((images) => pieceSizes(whole.runs).map((runs): StepPlan => ({ ...whole, runs, images })))
    .map((plan) => ({ plan, cost: costOf(plan, whole, cutting) }))
    .sort((a, b) => a.cost - b.cost || b.plan.images - a.plan.images);
  const cheapestOf = (allowed: (plan: StepPlan) => boolean): Counted | null => {
    let best: Counted | null = null;
    let least = Infinity;
    for (const { plan, cost } of cuts) {
      if (cost >= least) break;
      if (!allowed(plan)) continue;
      const found = firstThat(levels.length, (level) => count({ ...plan, recomputeBelow: levels[level] }), fits);
      const foundCost = found ? costOf(found.plan, whole, cutting) : Infinity;
      if (foundCost >= least) continue;
      best = found;
      least = foundCost;
    }
    return best;
  };
  const sameBits = (plan: StepPlan) => plan.images === whole.images;
  const best = cheapestOf(sameBits) ?? cheapestOf((plan) => !sameBits(plan));
  if (best) return answer(best, true);
  return answer(count({ runs: 1, images: 1, recomputeBelow: levels[levels.length - 1] }), false);
}
