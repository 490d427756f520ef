/** Extracts one tower of a CLIP, so that a device need not hold the unused one. */
import type { ClipBackbone } from './backbone.ts';

/** The text tower alone can encode prompts; its partner keeps its embedding, but no layers. */
export function textOnly(clip: ClipBackbone): ClipBackbone {
  const { vision } = clip;
  return { ...clip, vision: { ...vision, config: { ...vision.config, layers: 0 }, blocks: [] } };
}

/** The vision tower alone classifies by fixed class features; the large tensors of the text tower are dropped. */
export function visionOnly(clip: ClipBackbone): ClipBackbone {
  const { config, tokenEmbedding } = clip.text;
  return {
    ...clip,
    text: {
      ...clip.text,
      config: { ...config, layers: 0, vocabulary: 1, endToken: 0 },
      tokenEmbedding: tokenEmbedding.subarray(0, config.width),
      blocks: [],
    },
  };
}
