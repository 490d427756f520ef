/** What a study trains on: class prompts for CLIP, a trained head for backbones without a text tower. */
import { textOnly, visionOnly } from '../../model/part-backbone.ts';
import { methodOf } from '../../copra/methods/registry.ts';
import { testAtShapes, type TestedStudy, type TrainingKind } from '../../engine/trust/shape-check.ts';
import type { Engine, Objective } from '../../engine/engine.ts';
import type { Precision } from '../../engine/precision.ts';
import type { Backbone } from '../../model/backbone.ts';
import type { LoadedBackbone } from '../../model/load-backbone.ts';
import { someOf } from '../../data/files/problem.ts';
import type { Task } from '../../data/task.ts';
import type { ArmConfig, StudyConfig } from '../config/config.ts';
import { passesOfStep } from '../config/passes.ts';
import { promptsOf } from '../config/prompts.ts';
import { answeringPrecision, type NotedPrecision } from '../kernels/study-precision.ts';
import { STUDY_NOTICES } from './words.ts';

/** Mean of the unit features of a class's prompts, rescaled to a unit vector. @param features [prompts, width] */
function ensemble(features: Float32Array, width: number, prompts: readonly (readonly string[])[]): Float32Array {
  const out = new Float32Array(prompts.length * width);
  let row = 0;
  prompts.forEach((ofClass, c) => {
    const mean = new Float64Array(width);
    for (let i = 0; i < ofClass.length; i++, row++)
      for (let d = 0; d < width; d++) mean[d] += features[row * width + d];
    const norm = Math.hypot(...mean);
    for (let d = 0; d < width; d++) out[c * width + d] = mean[d] / norm;
  });
  return out;
}

/** The prompts of every class as the backbone reads them. */
export interface ClassTokens {
  readonly classes: readonly string[];
  readonly prompts: readonly (readonly string[])[];
  /** Tokens of a prompt. */
  readonly context: number;
  /** [prompts, context], one class after the other. */
  readonly tokens: Int32Array;
}

/** Null where there is no text tower or no tokenizer. */
export function tokenised(
  config: Pick<StudyConfig, 'prompts'>,
  { backbone, tokenizer }: Pick<LoadedBackbone, 'backbone' | 'tokenizer'>,
  task: Pick<Task, 'classes' | 'prompts'>,
): ClassTokens | null {
  if (backbone.kind !== 'clip' || !tokenizer) return null;
  const { tokens: context, endToken } = backbone.text.config;
  const prompts = promptsOf(config, task);
  return {
    classes: task.classes,
    prompts,
    context,
    tokens: tokenizer.encodePrompts(prompts.flat(), context, endToken, 0),
  };
}

/** What decides which operations the training of an arm takes. */
function trainingKind(arm: ArmConfig): TrainingKind {
  const method = methodOf(arm.method);
  const settings: readonly string[] = method.settings;
  return {
    dora: arm.dora ?? false,
    drops: [0, 1, 2].some((step) => method.inputDropout(step, 3, arm) > 0), // at first, midway and at last
    rescales: arm.rescale === true && settings.includes('rescale'),
    perturbs: passesOfStep(arm) > 1,
  };
}

/** What a study asks of a device, and so what is tested before it. @param encoded its class prompts */
export const testedStudy = (
  { arms, evaluated }: Pick<StudyConfig, 'arms' | 'evaluated'>,
  backbone: Backbone,
  { classes }: Pick<Task, 'classes'>,
  encoded: ClassTokens | null,
): TestedStudy => ({
  trainings: arms.map(trainingKind),
  trains: evaluated === undefined,
  classes: classes.length,
  promptTokens: encoded && longestOf(encoded, backbone),
});

/**
 * Loads the backbone into the engine and prepares its objective. If no arm adapts the text tower, prompts are encoded once (several per class are averaged) and
 * the text tower leaves the device: the two towers are never on it together. The device is first tested at the shapes of the backbone.
 * @param precision of the frozen weights: nobody computes in what another left behind
 * @throws RangeError when the device keeps no halves and they are asked for, when there is no tokenizer, or several prompts per class meet an adapted text tower, and Error naming a device that computes the backbone
 * wrongly.
 * @param encoded the class prompts, where they are encoded already
 */
export async function prepareObjective(
  config: Pick<StudyConfig, 'arms' | 'evaluated' | 'prompts'>,
  engine: Engine,
  model: Pick<LoadedBackbone, 'backbone' | 'tokenizer'>,
  task: Pick<Task, 'classes' | 'prompts'>,
  precision: Precision,
  encoded = tokenised(config, model, task),
): Promise<Objective> {
  engine.choosePrecision(precision);
  await testAtShapes(engine, model.backbone, testedStudy(config, model.backbone, task, encoded));
  return loadObjective(config, engine, model.backbone, task.classes.length, encoded);
}

/**
 * As `prepareObjective`, for questions about a study, which train nothing: in the precision of its result where the device is right in it.
 * @param noted the precision of the result
 */
export async function prepareQuestions(
  config: Pick<StudyConfig, 'arms' | 'prompts'>,
  engine: Engine,
  model: Pick<LoadedBackbone, 'backbone' | 'tokenizer'>,
  task: Pick<Task, 'classes' | 'prompts'>,
  noted: NotedPrecision,
): Promise<Objective> {
  const { backbone } = model;
  const encoded = tokenised(config, model, task);
  const asked = { ...testedStudy(config, backbone, task, encoded), trains: false };
  engine.choosePrecision(await answeringPrecision(engine, backbone, noted, asked));
  await testAtShapes(engine, backbone, asked);
  return loadObjective(config, engine, backbone, task.classes.length, encoded);
}

/** @throws RangeError without class prompts that are needed, or when several per class meet an adapted text tower */
async function loadObjective(
  config: Pick<StudyConfig, 'arms'>,
  engine: Engine,
  backbone: Backbone,
  classes: number,
  encoded: ClassTokens | null,
): Promise<Objective> {
  if (backbone.kind !== 'clip') {
    engine.load(backbone);
    return { kind: 'linear', classes };
  }
  if (!encoded) throw new RangeError(STUDY_NOTICES.noTokenizer);
  const { prompts, tokens } = encoded;
  const textArm = config.arms.find(({ towers }) => towers.includes('text'));
  if (textArm) {
    if (prompts.some(({ length }) => length > 1)) throw new RangeError(STUDY_NOTICES.severalPrompts(textArm.name));
    engine.load(backbone);
    return { kind: 'clip', classes, tokens };
  }
  engine.load(textOnly(backbone));
  const features = await engine.textFeatures(tokens, prompts.flat().length);
  engine.load(visionOnly(backbone));
  const single = prompts.every(({ length }) => length === 1);
  const width = backbone.textProjection.outFeatures;
  return { kind: 'features', classes, features: single ? features : ensemble(features, width, prompts) };
}

/** Groups of classes whose prompts are the same to the backbone, because its vocabulary lacks the words in which they differ. */
export function classesAlike({ classes, prompts, context, tokens }: ClassTokens): string[][] {
  const byTokens = new Map<string, string[]>();
  let first = 0;
  prompts.forEach(({ length }, c) => {
    const key = tokens.subarray(first * context, (first + length) * context).join();
    byTokens.set(key, [...(byTokens.get(key) ?? []), classes[c]]);
    first += length;
  });
  return [...byTokens.values()].filter(({ length }) => length > 1);
}

/** What is said of them: one sentence for each group. */
export const alikeNotices = (encoded: ClassTokens | null): string[] =>
  (encoded ? classesAlike(encoded) : []).map((alike) => STUDY_NOTICES.classesAlike(alike.length, someOf(alike)));

/** Tokens of the longest prompt, up to its end token; of a backbone without a text tower none. */
function longestOf({ tokens, context }: Pick<ClassTokens, 'tokens' | 'context'>, backbone: Backbone): number {
  if (backbone.kind !== 'clip') return 0;
  const { endToken } = backbone.text.config;
  const ends = Array.from({ length: tokens.length / context }, (_, p) =>
    tokens.subarray(p * context, (p + 1) * context).indexOf(endToken),
  );
  return Math.max(...ends) + 1;
}

/** Tokens of the longest class prompt, up to its end token: as many as the text tower computes of each. Null where it is frozen. */
export function longestPrompt(objective: Objective, backbone: LoadedBackbone['backbone']): number | null {
  if (objective.kind !== 'clip' || backbone.kind !== 'clip') return null;
  const { tokens, classes } = objective;
  return longestOf({ tokens, context: tokens.length / classes }, backbone);
}
