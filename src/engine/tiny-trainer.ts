/** Training of the small random CLIP (tiny-clip.ts), for self-tests and for measuring a device. */
import { createAdapterLayout, TOWERS } from '../core/adapter-layout.ts';
import { stream } from '../core/rng.ts';
import { towerShapes } from '../model/backbone.ts';
import { ADAMW, type Engine, type TrainBatch, type Trainer, type TrainerSpec } from './engine.ts';
import { tinyClip, tinyImages, tinyPrompts, type TinyClipShape } from './tiny-clip.ts';

const CLASSES = 3;

/** With its kernels compiled ahead: where a step compiles them, the whole browser waits, and the pace of the card is not seen. */
export async function openTinyTrainer(engine: Engine, shape: TinyClipShape, runs: number, batchSize: number) {
  const backbone = tinyClip(shape);
  engine.choosePrecision('f32');
  engine.load(backbone);
  const layout = createAdapterLayout(towerShapes(backbone), {
    rank: 2,
    towers: TOWERS,
    projections: ['q', 'v', 'fc1'],
  });
  const rng = stream(3, 'init');
  const spec: TrainerSpec = {
    objective: { kind: 'clip', classes: CLASSES, tokens: tinyPrompts(CLASSES) },
    layout,
    scale: 1,
    optimizer: { ...ADAMW, weightDecay: 0.01 },
    initial: Array.from({ length: runs }, () => Float32Array.from({ length: layout.size }, () => 0.1 * rng.normal())),
    inputDropout: new Array<number>(runs).fill(0),
    dropoutSeeds: new Array<number>(runs).fill(0),
  };
  await engine.warmUp({ spec, batchSize, examples: [{}] }, () => {});
  return { trainer: engine.createTrainer(spec), pairs: layout.pairs.length };
}

/** @param gates absent: all are open */
export function tinyBatch(
  { runs }: Trainer,
  pairs: number,
  shape: TinyClipShape,
  batchSize: number,
  gates?: Uint8Array,
): TrainBatch {
  return {
    patches: tinyImages(batchSize, shape),
    labels: Int32Array.from({ length: batchSize }, (_, i) => i % CLASSES),
    sourceOfRun: new Array<number>(runs).fill(0),
    gates: gates ?? new Uint8Array(pairs * runs).fill(1),
    learningRates: new Float32Array(runs).fill(0.01),
  };
}
