/** DeiT with a distillation token: all other keys, defaults and tensors are ViT's. Without one, checkpoints name themselves ViTs. */
import type { Family } from './family.ts';
import { IMAGENET_IMAGES } from './image-defaults.ts';
import { parseVitConfig, readVit, type VitConfig } from './vit.ts';

export const deit: Family<VitConfig<'deit'>> = {
  label: 'DeiT',
  transformers: { modelType: 'deit', className: /^DeiT(Model|ForImageClassification(WithTeacher)?)$/ },
  parseConfig: (json) => parseVitConfig('deit', json, 1),
  readCheckpoint: (config, file, imageSize) => readVit('deit.', config, file, imageSize),
  // The evaluation setup of DeiT's authors. The published files agree, except for the input size (384 for some).
  imageDefaults: () => ({ ...IMAGENET_IMAGES, imageSize: null, sizeIsSquare: true }),
};
