/** Exact Shapley values and a landscape on WebGPU, compared with evaluating the variants one by one in tuned TensorFlow.js. */
import { factorPath, lambdas } from '../src/copra/landscape.ts';
import { exactPlan } from '../src/copra/shapley/plan.ts';
import { allGates, gatesOfPlayers } from '../src/core/adapter-layout.ts';
import type { Engine, Variant } from '../src/engine/engine.ts';
import { patchifyImages } from '../src/study/run/images.ts';
import { filledAdapter, planPopulation, studyConfig, type Fixture } from './fixture.ts';
import { createPlainEvaluator } from '../src/engine/plain/plain-evaluation.ts';
import type { Row } from './table.ts';

const POINTS = 21;
/** Maximum difference between the engine's and the peer's mean loss of a variant. */
const LOSS_TOLERANCE = 1e-3;

export interface EvaluationOptions {
  /** Number of images for the landscape and for every evaluation by the peer. */
  readonly images: number;
  /** Number of images on which the engine evaluates all coalitions. */
  readonly shapleyImages: number;
  /** Number of variants the peer evaluates, spread evenly over all, before and after the engine. */
  readonly sample: number;
}

const mean = (losses: Float32Array) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

export async function measureEvaluations(
  fixture: Fixture,
  engine: Engine,
  { images: count, shapleyImages, sample }: EvaluationOptions,
): Promise<Row[]> {
  const { model, objective, task } = fixture;
  if (model.backbone.kind !== 'clip' || objective.kind !== 'clip')
    throw new Error('The benchmark needs a CLIP backbone.');
  const { layout, scale } = planPopulation(fixture, studyConfig(['lora'], [0, 1]));
  const adapters = [filledAdapter(layout, 0), filledAdapter(layout, 1)];
  const landscape = lambdas(POINTS).map((lambda): Variant => ({
    adapter: factorPath(adapters[0], adapters[1], lambda),
    gates: allGates(layout),
  }));
  const coalitions = exactPlan(layout.players.length).coalitions.map((coalition): Variant => ({
    adapter: adapters[0],
    gates: gatesOfPlayers(layout, coalition),
  }));

  engine.load(model.backbone);
  const evaluator = engine.createEvaluator({ objective, layout, scale });
  const all = patchifyImages(task.test, model, count);
  const few = patchifyImages(task.test, model, shapleyImages);
  const allImages = evaluator.imageSet(all.patches, all.labels);
  const fewImages = evaluator.imageSet(few.patches, few.labels);
  const peer = createPlainEvaluator(model.backbone, objective, layout, scale, all.patches, all.labels);

  const measure = async (what: string, variants: readonly Variant[], images: number): Promise<Row> => {
    const set = images === count ? allImages : fewImages;
    const sampled = Array.from(
      { length: sample },
      (_, i) => variants[Math.round((i * (variants.length - 1)) / (sample - 1))],
    );
    // Warms up both, and checks that they agree.
    for (const variant of [sampled[0], sampled[sample - 1]]) {
      const theirs = mean(await peer.evaluate(variant));
      const ours = mean((await evaluator.evaluate([variant], allImages)).loss);
      if (Math.abs(theirs - ours) > LOSS_TOLERANCE)
        throw new Error(`${what}: the peer finds loss ${theirs}, the engine ${ours}.`);
    }
    const peerSample = async () => {
      for (const variant of sampled) await peer.evaluate(variant);
    };
    const before = await secondsOf(peerSample);
    const seconds = await secondsOf(() => evaluator.evaluate(variants, set));
    const after = await secondsOf(peerSample);
    const own = (1000 * seconds) / (variants.length * images);
    const theirs = (1000 * (before + after)) / (2 * sample * count);
    return {
      what,
      'variants, engine': variants.length,
      'images, engine': images,
      's, engine': seconds,
      'variants, tfjs': 2 * sample,
      'images, tfjs': count,
      's, tfjs': before + after,
      'ms per variant and image, engine': own,
      'ms per variant and image, tfjs': theirs,
      'speed-up': theirs / own,
    };
  };
  const rows = [
    await measure(`landscape, ${POINTS} points`, landscape, count),
    await measure(`exact Shapley, ${layout.players.length} layers`, coalitions, shapleyImages),
  ];
  peer.dispose();
  allImages.dispose();
  fewImages.dispose();
  evaluator.dispose();
  return rows;
}
