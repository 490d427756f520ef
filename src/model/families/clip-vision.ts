/** CLIP's vision tower published alone. */
import { parseClipVisionConfig, type ClipVisionConfig } from './clip-config.ts';
import { readClipVision } from './clip-tensors.ts';
import type { Family } from './family.ts';
import { CLIP_IMAGES } from './image-defaults.ts';

export const clipVision: Family<ClipVisionConfig> = {
  label: 'CLIP vision tower',
  transformers: { modelType: 'clip_vision_model', className: /^CLIPVisionModel/ },
  parseConfig: parseClipVisionConfig,
  readCheckpoint: readClipVision,
  imageDefaults: () => CLIP_IMAGES,
};
