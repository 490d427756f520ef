/** The facts of a model, from its configuration. */
import type { TowerConfig } from './backbone.ts';
import { familyOf, type ModelConfig } from './families/registry.ts';
import type { ModelFacts, TowerFacts } from './model-facts.ts';
import type { Preprocessing } from './preprocessing.ts';

const towerFacts = ({ layers, width, mlpWidth, heads, tokens }: TowerConfig): TowerFacts => ({
  layers,
  width,
  mlpWidth,
  heads,
  tokens,
});

/** At the size the model's own preparation gives. @param parameters numbers in the tensors that are kept */
export function factsOf(config: ModelConfig, preprocessing: Preprocessing, parameters: number): ModelFacts {
  const { patchSize } = config.vision;
  const { imageSize, resizeTo, keepAspect, filter, cropRounding } = preprocessing;
  const tokens = 1 + (config.vision.blankPatches ?? 0) + Math.floor(imageSize / patchSize) ** 2;
  return {
    family: familyOf(config).label,
    vision: { ...towerFacts(config.vision), tokens, imageSize, patchSize },
    text: 'text' in config ? towerFacts(config.text) : null,
    geometry: { resizeTo, keepAspect, filter, ...(cropRounding !== 'down' && { cropRounding }) },
    parameters,
  };
}
