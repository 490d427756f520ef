/** The memory that a study would need on a backbone of which only the facts are known: before it is fetched. */
import { createAdapterLayout, type AdapterLayout } from '../../core/adapter-layout.ts';
import type { Engine, Objective, TrainerSpec } from '../../engine/engine.ts';
import { activationBytes, weightsInBlocks, type ModelFacts } from '../../model/model-facts.ts';
import type { ArmConfig, StudyConfig } from '../config/config.ts';
import type { MemoryNote } from '../result/memory-note.ts';
import type { PrecisionChoice } from '../kernels/study-precision.ts';
import { memoryNote } from './memory.ts';
import { loraScale, plannedRun, type PlannedRun } from './training/populations.ts';
import { runsAtOnce } from './training/population-bytes.ts';
import { specBeforeStart } from './training/trainer-spec.ts';

/** Classes of a task that is not open yet, and the tokens of "a photo of a …". */
const CLASSES = 10;
const PROMPT_TOKENS = 10;

/** The rest of the parameters is the table of tokens, nearly. */
function vocabularyOf({ vision, text, parameters }: ModelFacts): number {
  if (!text) return 0;
  const rest = parameters - weightsInBlocks(vision) - weightsInBlocks(text);
  return Math.max(2, Math.round(rest / text.width));
}

/** Null when the arm adapts nothing of this backbone. */
function layoutOf(arm: ArmConfig, { vision, text }: ModelFacts): AdapterLayout | null {
  const head = text ? null : { classes: CLASSES, features: vision.width };
  try {
    return createAdapterLayout(text ? { vision, text } : { vision }, arm, head);
  } catch {
    return null;
  }
}

interface PlannedTrainings {
  readonly spec: TrainerSpec;
  /** Each of them. */
  readonly run: PlannedRun;
}

/** Trainings of an arm, as many as go together. */
function trainingsOf(arm: ArmConfig, layout: AdapterLayout, facts: ModelFacts, config: StudyConfig): PlannedTrainings {
  const runs = Math.min(
    config.arms.length * config.seeds.length,
    runsAtOnce(config.training.batchSize * activationBytes(facts.vision)),
  );
  const perRun = <E>(value: E): E[] => new Array<E>(runs).fill(value);
  const run = plannedRun(arm, layout, config.training.steps, 0);
  const plan = { layout, scale: loraScale(arm), weightDecay: arm.weightDecay, trainings: perRun(run) };
  const spec = { ...specBeforeStart(objectiveOf(facts, config), plan), initial: perRun(new Float32Array(layout.size)) };
  return { spec, run };
}

function objectiveOf(facts: ModelFacts, { arms }: StudyConfig): Objective {
  const { text } = facts;
  if (!text) return { kind: 'linear', classes: CLASSES };
  // A frozen text tower leaves the device; its features are as wide as the tower, nearly.
  if (!arms.some(({ towers }) => towers.includes('text')))
    return { kind: 'features', classes: CLASSES, features: new Float32Array(CLASSES * text.width) };
  const tokens = new Int32Array(CLASSES * text.tokens);
  for (let c = 0; c < CLASSES; c++)
    tokens[c * text.tokens + Math.min(text.tokens, PROMPT_TOKENS) - 1] = vocabularyOf(facts) - 1;
  return { kind: 'clip', classes: CLASSES, tokens };
}

/** Null when no arm adapts anything of this backbone. */
export function memoryOfFacts(
  engine: Pick<Engine, 'planMemory'>,
  facts: ModelFacts,
  config: StudyConfig,
  chosenBytes: number | undefined,
  precision: PrecisionChoice,
): MemoryNote | null {
  const { vision, text } = facts;
  const trainsText = config.arms.some(({ towers }) => towers.includes('text'));
  const { batchSize } = config.training;
  const trainings = config.arms.flatMap((arm) => {
    const layout = layoutOf(arm, facts);
    if (!layout) return [];
    const { spec, run } = trainingsOf(arm, layout, facts, config);
    const shapes = {
      vision,
      text: text && {
        ...text,
        layers: trainsText ? text.layers : 0,
        vocabulary: trainsText ? vocabularyOf(facts) : 2,
        projection: text.width,
      },
    };
    return [
      {
        spec,
        memory: engine.planMemory(spec, batchSize, {
          chosenBytes,
          shapes,
          precision: precision === 'f16' ? 'f16' : 'f32',
          sourceOfRun: spec.initial.map((_, i) => i % config.seeds.length),
          hasBranchFactors: run.gates(0).factors !== null,
        }),
      },
    ];
  });
  return trainings.length > 0 ? memoryNote(trainings, batchSize) : null;
}
