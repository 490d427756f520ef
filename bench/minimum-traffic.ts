/** The minimum memory traffic of any implementation of a LoRA training step, beside which webgpu-steps.ts prints what ours moves. */
import type { AdapterLayout } from '../src/core/adapter-layout.ts';
import type { VisionTower } from '../src/model/backbone.ts';

const FLOAT = 4;

/**
 * Bytes of one step of a population, assuming that caches hold everything inside a block. The frozen weights of the vision tower are read twice
 * (forward, backward). The input of every block is written once and read twice (forward, and recomputation in the backward pass), and its
 * gradient is written and read once. The images are read once. Parameters and both moments of every adapter are read and written once.
 */
export function minimumBytesPerStep(vision: VisionTower, layout: AdapterLayout, runs: number, batch: number): number {
  const { width, mlpWidth, layers, tokens } = vision.config;
  const weights = layers * (4 * width * width + 2 * width * mlpWidth);
  const blockInputs = runs * batch * tokens * width * layers;
  const images = runs * batch * (tokens - 1) * vision.patchEmbedding.inFeatures;
  const adapters = runs * layout.size;
  return FLOAT * (2 * weights + 5 * blockInputs + images + 6 * adapters);
}
