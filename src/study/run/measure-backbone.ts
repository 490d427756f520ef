/** Measures the backbone without adapters: whether the device computes it correctly, and its accuracy. */
import { allGates } from '../../core/adapter-layout.ts';
import { unpackBits } from '../../platform/bits.ts';
import { linearMaps, backboneTowers, type Backbone } from '../../model/backbone.ts';
import { keepPredictions } from '../predictions/keep.ts';
import { scoreVariants, withEvaluator, type StudyContext, type TrainedRun } from './context.ts';
import type { AnsweredFrozen } from '../result/frozen.ts';
import { packHead } from '../predictions/head.ts';
import { fitHeadOnly } from './head-only.ts';
import type { Patchified } from './images.ts';
import { checkFrozen } from '../result/known-study.ts';
import { checkKnownAnswers } from './known-answers.ts';
import { STUDY_NOTICES } from './words.ts';

/** Whether all weights are finite numbers. */
function isFinite(backbone: Backbone): boolean {
  const tensors = [
    backbone.vision.classToken,
    ...backboneTowers(backbone).flatMap(({ positions, blocks, finalNorm }) => {
      const norms = [finalNorm, ...blocks.flatMap(({ ln1, ln2 }) => [ln1, ln2])];
      return [positions, ...norms.flatMap(({ gain, bias }) => [gain, bias])];
    }),
    ...linearMaps(backbone).flatMap(({ weight, bias }) => (bias ? [weight, bias] : [weight])),
  ];
  return tensors.every((values) => values.every(Number.isFinite));
}

/** @throws Error naming what produces non-finite values without any training. */
function notFinite({ model, engine }: StudyContext): never {
  throw new Error(
    isFinite(model.backbone) ? STUDY_NOTICES.deviceNotFinite(engine.info.device) : STUDY_NOTICES.weightsNotFinite,
  );
}

/** The backbone without adapters, as a classifier of the task. */
export interface FrozenBackbone {
  /** On the test images. */
  readonly accuracy: number;
  /** Its scores on other images of the task's classes. */
  readonly on: (images: Patchified) => Promise<AnsweredFrozen>;
  /** The head trained alone: weights [classes, width], then biases [classes]; null where class prompts classify. */
  readonly head: Float32Array | null;
}

/** Classification by the class prompts. */
function zeroShotOf(
  context: StudyContext,
  { layout, scale }: Pick<TrainedRun, 'layout' | 'scale'>,
): FrozenBackbone['on'] {
  const frozen = { adapter: new Float32Array(layout.size), gates: allGates(layout).fill(0) };
  return async (images) => {
    const scores = await withEvaluator(context, layout, scale, images, (evaluator, set) =>
      scoreVariants(context, evaluator, set, images.labels, [frozen]),
    );
    return {
      scores: { accuracy: scores.accuracy[0], loss: scores.loss[0], correct: scores.correct[0] },
      answers: scores.answersOf(0),
    };
  };
}

/**
 * Measures the frozen backbone on the test images, by its class prompts or by a head trained alone.
 * @throws Error naming device or weights when the output is not finite, or differs from the known answers of a bundled backbone.
 */
export async function measureBackbone(
  context: StudyContext,
  shape: Pick<TrainedRun, 'layout' | 'scale'>,
): Promise<FrozenBackbone> {
  const { test, testedOn, engine, config, objective } = context;
  const isLinear = objective.kind === 'linear';
  const trained = isLinear ? await fitHeadOnly(context, shape) : null;
  const on = trained?.on ?? zeroShotOf(context, shape);
  const { scores: found, answers } = await on(test);
  if (!Number.isFinite(found.loss)) notFinite(context);
  if (context.known) checkFrozen({ ...found, name: trained ? 'head only' : 'zero-shot' }, context.known);
  if (trained) context.emit({ type: 'head-only', headOnly: found, head: packHead(trained.head) });
  else {
    // The known answers are of test images.
    if (testedOn === 'test')
      checkKnownAnswers(config, engine.info.device, unpackBits(found.correct, test.count, 'The list of answers'));
    context.emit({ type: 'zero-shot', zeroShot: found });
  }
  keepPredictions(context, [{ of: 'backbone', arm: null, seeds: [], name: '', answers }]);
  return { accuracy: found.accuracy, on, head: trained?.head ?? null };
}
