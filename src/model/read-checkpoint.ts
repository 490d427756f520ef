/** Config and tensors of a checkpoint → a backbone. */
import type { Backbone } from './backbone.ts';
import { familyOf, type ModelConfig } from './families/registry.ts';
import type { SafetensorsFile } from './safetensors.ts';
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
  return familyOf(config).readCheckpoint(config, file, imageSize);
}
