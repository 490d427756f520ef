/** The memory traffic that no implementation of a LoRA training step can avoid: what bytesPerStep is printed beside. */
import type { AdapterLayout } from '../src/core/adapter-layout.ts';
import type { VisionTower } from '../src/model/backbone.ts';

const FLOAT = 4;

/**
 * Bytes of one step of a population when caches hold everything inside a block: the frozen weights of the vision tower are read twice (forward,
 * backward), the input of every block is written once and read twice (forward, and recomputing the block in the backward), its gradient
 * written and read once, the images read once, and parameters and both moments of every adapter read and written once.
 */
export function minimumBytesPerStep(vision: VisionTower, layout: AdapterLayout, runs: number, batch: number): number {
  const { width, mlpWidth, layers, tokens } = vision.config;
  const weights = layers * (4 * width * width + 2 * width * mlpWidth);
  const blockInputs = runs * batch * tokens * width * layers;
  const images = runs * batch * (tokens - 1) * vision.patchEmbedding.inFeatures;
  const adapters = runs * layout.size;
  return FLOAT * (2 * weights + 5 * blockInputs + images + 6 * adapters);
}
