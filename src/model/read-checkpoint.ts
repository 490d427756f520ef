/** Config and tensors of a Hugging Face checkpoint → a backbone. */
import type { Backbone } from './backbone.ts';
import { readClip, readClipVision } from './clip.ts';
import type { ModelConfig } from './config.ts';
import { readDinov2 } from './dinov2.ts';
import type { SafetensorsFile } from './safetensors.ts';
import { readTimm } from './timm.ts';
import { readVit } from './vit.ts';
import { CheckpointError } from './weight-reader.ts';
import { FILE_CHECKS } from './words.ts';

/**
 * @param imageSize side of the images, in pixels, if not the one config.json names.
 * @throws CheckpointError when a tensor is missing, has the wrong shape or is not finite, or the image size does not fit.
 */
export function readCheckpoint(
  config: ModelConfig,
  file: SafetensorsFile,
  imageSize: number = config.vision.imageSize,
): Backbone {
  const { patchSize } = config.vision;
  if (!Number.isInteger(imageSize / patchSize) || imageSize < patchSize)
    throw new CheckpointError(FILE_CHECKS.noPatches(imageSize, patchSize));
  switch (config.modelType) {
    case 'clip':
      return readClip(config, file, imageSize);
    case 'clip-vision':
      return readClipVision(config, file, imageSize);
    case 'timm':
      return readTimm(config, file, imageSize);
    case 'vit':
    case 'deit':
      return readVit(config, file, imageSize);
    case 'dinov2':
      return readDinov2(config, file, imageSize);
  }
}
