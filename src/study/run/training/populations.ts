/** Arms × seeds → populations: compatible runs are trained as one batch. */
import { errorText } from '../../../core/error-text.ts';
import { createAdapterLayout, type AdapterLayout } from '../../../core/adapter-layout.ts';
import { createGateSampler, type StepGates } from '../../../copra/gate-sampler.ts';
import { methodOf } from '../../../copra/methods/registry.ts';
import type { Objective } from '../../../engine/engine.ts';
import { activationBytes } from '../../../model/model-facts.ts';
import type { LoadedBackbone } from '../../../model/load-backbone.ts';
import { towerShapes, type Backbone } from '../../../model/backbone.ts';
import type { Task } from '../../../data/task.ts';
import type { ArmConfig, StudyConfig } from '../../config/config.ts';
import { passesOfStep } from '../../config/passes.ts';
import { trainingKey } from '../../config/trainings.ts';
import { POPULATION_BYTES, runsAtOnce } from './population-bytes.ts';
import { STUDY_NOTICES } from '../words.ts';

export interface PlannedRun {
  readonly arm: ArmConfig;
  readonly seed: number;
  readonly gates: (step: number) => StepGates;
  /** Dropout rate on the inputs of A. */
  readonly inputDropout: (step: number) => number;
}

/** Trainings that share layout, scale, weight decay, and whether a step has one pass or two. */
export interface PlannedPopulation {
  readonly layout: AdapterLayout;
  readonly scale: number;
  readonly weightDecay: number;
  /** What the device trains, each by the first run that is taken of it. */
  readonly trainings: readonly PlannedRun[];
  readonly runs: readonly PlannedRun[];
  /** Per run, its place among `trainings`. */
  readonly trainingOf: readonly number[];
}

/** LoRA scale of an arm: α/r, or α/√r for rsLoRA. */
export function loraScale({ alpha, rank, rsLora }: ArmConfig): number {
  return alpha / (rsLora ? Math.sqrt(rank) : rank);
}

/**
 * What the model is trained on: the task's class prompts for CLIP, a trained head otherwise. objective.ts prepares it.
 * @throws Error when a CLIP backbone has no tokenizer.
 */
export function objectiveOf(model: LoadedBackbone, task: Task): Objective {
  const { backbone, tokenizer } = model;
  const classes = task.classes.length;
  if (backbone.kind !== 'clip') return { kind: 'linear', classes };
  if (!tokenizer) throw new Error(STUDY_NOTICES.noTokenizer);
  const { tokens, endToken } = backbone.text.config;
  return { kind: 'clip', classes, tokens: tokenizer.encodePrompts(task.prompts, tokens, endToken, 0) };
}

function layoutOf(
  arm: ArmConfig,
  backbone: Backbone,
  head: { classes: number; features: number } | null,
): AdapterLayout {
  try {
    return createAdapterLayout(towerShapes(backbone), arm, head);
  } catch (cause) {
    throw new RangeError(STUDY_NOTICES.ofArm(arm.name, errorText(cause)), { cause });
  }
}

/** A run whose schedules span `totalSteps`. */
export function plannedRun(arm: ArmConfig, layout: AdapterLayout, totalSteps: number, seed: number): PlannedRun {
  return {
    arm,
    seed,
    gates: createGateSampler(arm, layout, totalSteps, seed),
    inputDropout: (step) => methodOf(arm.method).inputDropout(step, totalSteps, arm),
  };
}

/** Activations of one run in a training step: those of its images, and those of the class prompts if it adapts the text tower. */
function bytesOfRun(arm: ArmConfig, batchSize: number, { backbone }: LoadedBackbone, classes: number): number {
  const { towers } = arm;
  const dora = arm.dora ? arm.projections : [];
  const images = batchSize * activationBytes(backbone.vision.config, towers.includes('vision') ? dora : []);
  const prompts =
    backbone.kind === 'clip' && towers.includes('text') ? classes * activationBytes(backbone.text.config, dora) : 0;
  return images + prompts;
}

/** Splits runs into pieces of nearly equal length, none longer than `most`. */
function pieces<T>(runs: readonly T[], most: number): T[][] {
  const length = Math.ceil(runs.length / Math.ceil(runs.length / most));
  return Array.from({ length: Math.ceil(runs.length / length) }, (_, i) => runs.slice(i * length, (i + 1) * length));
}

/** The runs of one layout, as trainings with all that is taken of them, in the order of their first runs. */
function trainingsOf(runs: readonly PlannedRun[], shares: boolean): PlannedRun[][] {
  if (!shares) return runs.map((run) => [run]);
  const trainings = new Map<string, PlannedRun[]>();
  for (const run of runs) {
    const key = `${run.seed} ${trainingKey(run.arm)}`;
    const known = trainings.get(key);
    if (known) known.push(run);
    else trainings.set(key, [run]);
  }
  return [...trainings.values()];
}

interface PopulationOptions {
  /** Bytes of one population; absent: POPULATION_BYTES. */
  readonly limit?: number;
  /** Whether runs that differ only in what is taken of a training share it, with equal results; absent: they do. */
  readonly shares?: boolean;
}

/**
 * Runs never influence one another, so a population that would not fit in memory is split. Its pieces take turns at every step, with equal results.
 * @throws RangeError naming an arm that adapts nothing of this backbone.
 */
export function planPopulations(
  config: StudyConfig,
  model: LoadedBackbone,
  task: Task,
  { limit = POPULATION_BYTES, shares = true }: PopulationOptions = {},
): PlannedPopulation[] {
  const { backbone } = model;
  const head =
    backbone.kind === 'vit' ? { classes: task.classes.length, features: backbone.vision.config.width } : null;
  const groups = new Map<string, { layout: AdapterLayout; scale: number; weightDecay: number; runs: PlannedRun[] }>();
  for (const arm of config.arms) {
    const scale = loraScale(arm);
    const layout = layoutOf(arm, backbone, head);
    const key = JSON.stringify([
      arm.rank,
      layout.dora,
      layout.pairs.map((p) => [p.tower, p.layer, p.projection]),
      scale,
      arm.weightDecay,
      passesOfStep(arm), // one with a single pass would wait for the second of the others
    ]);
    const group = groups.get(key) ?? { layout, scale, weightDecay: arm.weightDecay, runs: [] };
    groups.set(key, group);
    for (const seed of config.seeds) group.runs.push(plannedRun(arm, group.layout, config.training.steps, seed));
  }
  return [...groups.values()].flatMap(({ runs, ...shared }) => {
    const most = runsAtOnce(bytesOfRun(runs[0].arm, config.training.batchSize, model, task.classes.length), limit);
    return pieces(trainingsOf(runs, shares), most).map((piece) => {
      const own = runs.filter((run) => piece.some((training) => training.includes(run)));
      return {
        ...shared,
        trainings: piece.map(([first]) => first),
        runs: own,
        trainingOf: own.map((run) => piece.findIndex((training) => training.includes(run))),
      };
    });
  });
}
