/** One tower of a CLIP at a time: what a device needs while the other one is not used. */
import type { ClipBackbone } from './backbone.ts';

/** The text tower alone can encode prompts; its partner keeps its embedding, but no layers. */
export function textOnly(clip: ClipBackbone): ClipBackbone {
  const { vision } = clip;
  return { ...clip, vision: { ...vision, config: { ...vision.config, layers: 0 }, blocks: [] } };
}

/** The vision tower alone classifies by fixed class features; of the text tower nothing of size is left. */
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
