/** A model, a task and a study so small that a whole study takes well under a second: for the tests of the runner. */
import { stream } from '../../src/core/rng.ts';
import type { LabelledImages, Task } from '../../src/data/task.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { testVit } from '../../src/engine/passes/test-models.ts';
import { tinyClip, tinyPrompts, type TinyClipShape } from '../../src/engine/tiny-clip.ts';
import type { Backbone } from '../../src/model/backbone.ts';
import type { ModelConfig } from '../../src/model/families/registry.ts';
import type { LoadedBackbone } from '../../src/model/load-backbone.ts';
import type { CoalitionValues } from '../../src/study/analyses/shapley/coalition-values.ts';
import type { ArmConfig, StudyConfig } from '../../src/study/config/config.ts';
import { StudyControl } from '../../src/study/run/control.ts';
import type { StudyEvent } from '../../src/study/result/events.ts';
import { defaultArm } from '../../src/study/config/default-arm.ts';
import { noAnalyses } from '../../src/study/config/no-analyses.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import type { RunAdapter } from '../../src/study/result/run-adapter.ts';
import { runStudy } from '../../src/study/run/run-study.ts';
import type { StudyInputs } from '../../src/study/run/study-inputs.ts';

const SHAPE: TinyClipShape = { layers: 3, width: 8, heads: 2, imageSize: 8, patchSize: 4 };
const CLASSES = ['red', 'green', 'blue'];

function loaded(backbone: Backbone): LoadedBackbone {
  const { vision } = backbone;
  const tower = { ...vision.config, positions: vision.config.tokens };
  const config = { modelType: 'vit', vision: tower } as unknown as ModelConfig; // no phase of a study reads it
  return {
    backbone,
    config,
    preprocessing: {
      imageSize: vision.config.imageSize,
      resizeTo: vision.config.imageSize,
      keepAspect: true,
      filter: 'bilinear',
      cropRounding: 'down',
      rescale: 1 / 255,
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
    },
    tokenizer: { encodePrompts: (prompts) => tinyPrompts(prompts.length), unknownWords: () => [] },
  };
}

export const tinyModel = (): LoadedBackbone => loaded(tinyClip(SHAPE));
export const tinyVitModel = (): LoadedBackbone => loaded(testVit('gelu', SHAPE));

/** Noise with one colour raised: a few steps learn it. */
function colours(count: number, seed: number): LabelledImages {
  const rng = stream(seed, 'split');
  const labels = Int32Array.from({ length: count }, (_, i) => i % CLASSES.length);
  const perImage = SHAPE.imageSize ** 2 * 3;
  const pixels = Uint8Array.from({ length: count * perImage }, (_, i) => {
    const raised = i % 3 === labels[Math.floor(i / perImage)];
    return (raised ? 110 : 40) + rng.integer(120);
  });
  return { count, pixels, labels };
}

export function tinyTask(train = 30): Task {
  return {
    id: 'colours',
    name: 'Colours',
    classes: CLASSES,
    prompts: CLASSES.map((name) => `a picture of ${name}`),
    imageSize: SHAPE.imageSize,
    train: colours(train, 1),
    validation: colours(9, 2),
    test: colours(40, 3),
  };
}

export function tinyArm(method: ArmConfig['method'], id: string = method, changes: Partial<ArmConfig> = {}): ArmConfig {
  return { ...defaultArm(method, id, id), rank: 2, alpha: 2, learningRate: 0.03, ...changes };
}

export function tinyConfig(changes: Partial<StudyConfig> = {}): StudyConfig {
  return {
    version: 1,
    backbone: 'tiny',
    task: 'colours',
    shots: null,
    arms: [tinyArm('lora'), tinyArm('copra')],
    seeds: [4, 7],
    training: {
      steps: 12,
      batchSize: 8,
      learningRateSchedule: 'cosine',
      warmupSteps: 2,
      augment: true,
      validateEvery: 5,
    },
    analyses: {
      testImages: null,
      landscape: { enabled: true, points: 5, paths: ['factor', 'product'] },
      shapley: { enabled: true, images: 36, estimator: 'exact', permutations: 4, seedsPerArm: 2 },
      pruning: { enabled: true, sparsities: [0, 0.5, 1], scopes: ['factors', 'update', 'tensors'], randomMasks: 2 },
    },
    ...changes,
  };
}

/** Without the analyses. */
export function trainingOnly(changes: Partial<StudyConfig> = {}): StudyConfig {
  const { analyses, ...config } = tinyConfig();
  return { ...config, analyses: noAnalyses(analyses), ...changes };
}

export function inputsOf(engine: Engine, config: StudyConfig, changes: Partial<StudyInputs> = {}): StudyInputs {
  const fixed = { model: tinyModel(), task: tinyTask(), control: new StudyControl(), appVersion: 'test' };
  return { engine, config, ...fixed, ...changes };
}

export interface RecordedStudy {
  readonly events: readonly StudyEvent[];
  readonly result: StudyResult;
}

/** Runs a study to its end. `onEvent` may pause or stop it. */
export const record = (inputs: StudyInputs, onEvent?: (event: StudyEvent) => void): Promise<RecordedStudy> =>
  recordEvents(runStudy(inputs), onEvent);

export async function recordEvents(
  study: AsyncGenerator<StudyEvent, void>,
  onEvent: (event: StudyEvent) => void = () => {},
): Promise<RecordedStudy> {
  const events: StudyEvent[] = [];
  for await (const event of study) {
    events.push(event);
    onEvent(event);
  }
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error('The study did not finish.');
  return { events, result: last.result };
}

/** Of all runs that it trained, in the order in which it hands them over. */
export const adaptersOf = ({ events }: RecordedStudy): RunAdapter[] =>
  events.flatMap((event) => (event.type === 'adapter' ? [event.adapter] : []));

/** What people are told while a study runs. */
export const noticesOf = ({ events }: Pick<RecordedStudy, 'events'>): string[] =>
  events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));

/** Those of every exact Shapley analysis. */
export const coalitionsOf = ({ events }: Pick<RecordedStudy, 'events'>): CoalitionValues[] =>
  events.flatMap((event) => (event.type === 'coalitions' ? [event.coalitions] : []));
