/** Preparations of images that several families share. */
import type { ImageDefaults } from './family.ts';

/** As OpenAI prepared the images of CLIP. */
export const CLIP_IMAGES: ImageDefaults = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
  filter: 'bicubic',
  imageSize: null,
  edge: (side) => side,
  keepAspect: true,
  cropRounding: 'down',
  sizeIsSquare: false,
  crops: true,
};

/** With mean and deviation of ImageNet: of images of 256 pixels, the middle 224. */
export const IMAGENET_IMAGES: ImageDefaults = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
  filter: 'bicubic',
  imageSize: 224,
  edge: (side) => Math.round((side * 256) / 224),
  keepAspect: true,
  cropRounding: 'down',
  sizeIsSquare: false,
  crops: true,
};
