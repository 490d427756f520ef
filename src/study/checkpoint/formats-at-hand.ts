/** For the worker, whose studies are saved without waiting for a connection. */
import * as images from '../../data/dataset/dropped-file.ts';
import type { CheckpointFormats } from './checkpoint-store.ts';
import * as study from './checkpoint-file.ts';
import * as known from './known-file.ts';

export const FORMATS_AT_HAND: CheckpointFormats = {
  study: () => Promise.resolve(study),
  images: () => Promise.resolve(images),
  known: () => Promise.resolve(known),
};
