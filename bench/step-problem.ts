/** One training problem, posed to every contender alike. */
import { createAdapterLayout, type AdapterLayout } from '../src/core/adapter-layout.ts';
import type { Objective } from '../src/engine/engine.ts';
import { tinyClip, tinyImages, tinyPrompts } from '../src/engine/tiny-clip.ts';
import { towerShapes, type ClipBackbone } from '../src/model/backbone.ts';
import type { Patchified } from '../src/study/images.ts';
import { BATCH, drawBatches, filledAdapter, planPopulation, studyConfig, type Fixture } from './fixture.ts';

export interface StepProblem {
  readonly backbone: ClipBackbone;
  readonly objective: Extract<Objective, { kind: 'clip' }>;
  readonly layout: AdapterLayout;
  readonly scale: number;
  readonly batch: number;
  /** One per run. Contenders that train one run take the first. */
  readonly initial: readonly Float32Array[];
  /** [runs][steps], reused in turns when a contender takes more steps. */
  readonly batches: readonly (readonly Patchified[])[];
}

/** Emoji-CLIP with LoRA r = 4 on q, k, v, o: the bundled backbone on images of a bundled task. */
export function emojiClipProblem(fixture: Fixture, runs: number): StepProblem {
  const { model, objective } = fixture;
  if (model.backbone.kind !== 'clip' || objective.kind !== 'clip')
    throw new Error('The benchmark needs a CLIP backbone.');
  const seeds = Array.from({ length: runs }, (_, seed) => seed);
  const config = studyConfig(['lora'], seeds);
  const { layout, scale } = planPopulation(fixture, config);
  return {
    backbone: model.backbone,
    objective,
    layout,
    scale,
    batch: BATCH,
    initial: seeds.map((seed) => filledAdapter(layout, seed)),
    batches: seeds.map((seed) => drawBatches(fixture, config, seed, 8)),
  };
}

const VIT_CLASSES = 8;

/** CLIP ViT-B/32's vision tower with random weights, all or some of its 12 layers; batch 8, LoRA r = 2 on q, k, v. */
export function vitB32Problem(layers: number): StepProblem {
  const shape = { layers, width: 768, heads: 12, imageSize: 224, patchSize: 32 };
  const backbone = tinyClip(shape);
  const layout = createAdapterLayout(towerShapes(backbone), {
    rank: 2,
    towers: ['vision'],
    projections: ['q', 'k', 'v'],
  });
  const batch = 8;
  const labels = Int32Array.from({ length: batch }, (_, i) => i % VIT_CLASSES);
  return {
    backbone,
    objective: { kind: 'clip', classes: VIT_CLASSES, tokens: tinyPrompts(VIT_CLASSES) },
    layout,
    scale: 1,
    batch,
    initial: [filledAdapter(layout, 0)],
    batches: [[{ count: batch, patches: tinyImages(batch, shape), labels }]],
  };
}
