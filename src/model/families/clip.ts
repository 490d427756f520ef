/** CLIP: both towers and the projections to their joint space. */
import { parseClipConfig, type ClipConfig } from './clip-config.ts';
import { readClip } from './clip-tensors.ts';
import type { Family } from './family.ts';
import { CLIP_IMAGES } from './image-defaults.ts';

export const clip: Family<ClipConfig> = {
  label: 'CLIP',
  transformers: { modelType: 'clip', className: /^CLIPModel$/ },
  parseConfig: parseClipConfig,
  readCheckpoint: readClip,
  imageDefaults: () => CLIP_IMAGES,
};
