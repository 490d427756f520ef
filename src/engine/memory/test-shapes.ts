/** CLIP ViT-B by its shapes, and trainings of it, for tests of memory plans. */
import { createAdapterLayout, PROJECTIONS, type AdapterTargets } from '../../core/adapter-layout.ts';
import { ADAMW, type TrainerSpec } from '../engine.ts';
import type { BackboneShapes, TowerShapes } from './shapes.ts';

export const towerOf = (width: number, layers: number, tokens: number): TowerShapes => ({
  width,
  layers,
  tokens,
  mlpWidth: 4 * width,
  heads: width / 64,
});

/** For images of 224 pixels. */
export const clipB = (patchSize: 16 | 32, layers = 12): BackboneShapes => ({
  vision: { ...towerOf(768, layers, 1 + (224 / patchSize) ** 2), patchSize },
  text: { ...towerOf(512, layers, 77), vocabulary: 49408, projection: 512 },
});

const PROMPT_TOKENS = 8;
const CLASSES = 10;

/** Runs on both towers of rank 2, with ten prompts of eight tokens. */
export function specOf({ vision, text }: BackboneShapes, runs: number): TrainerSpec {
  if (!text) throw new Error('These trainings adapt a text tower.');
  const tokens = new Int32Array(CLASSES * text.tokens);
  for (let c = 0; c < CLASSES; c++) tokens[c * text.tokens + PROMPT_TOKENS - 1] = text.vocabulary - 1;
  const targets: AdapterTargets = { rank: 2, towers: ['vision', 'text'], projections: PROJECTIONS };
  const layout = createAdapterLayout({ vision, text }, targets, null);
  return {
    objective: { kind: 'clip', classes: CLASSES, tokens },
    layout,
    scale: 1,
    optimizer: { ...ADAMW, weightDecay: 0 },
    initial: new Array<Float32Array>(runs).fill(new Float32Array(layout.size)),
    inputDropout: new Array<number>(runs).fill(0),
    dropoutSeeds: new Array<number>(runs).fill(1),
  };
}
