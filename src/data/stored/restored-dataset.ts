/** Images restored with an interrupted study. Only what the study needs was kept, so files, paths and left-out classes are gone. */
import { SPLIT, type DroppedDataset } from '../dataset/dropped.ts';
import { DEFAULT_SHARES } from '../dataset/split.ts';
import type { StoredDataset } from './stored-dataset.ts';

const SIDES = (['train', 'validation', 'test'] as const).toSorted((a, b) => SPLIT[a] - SPLIT[b]);

/** Returns them as a stored data set, with their original split. */
export function restoredDataset({ name, imageSize, classes, labels, split, pixels }: DroppedDataset): StoredDataset {
  return {
    info: {
      version: 1,
      id: 'restored',
      name,
      savedAt: new Date().toISOString(),
      images: labels.length,
      classes: classes.length,
      imageSize,
    },
    contents: {
      layout: 'classes',
      classes: [...classes],
      edits: { names: classes, shares: DEFAULT_SHARES, seed: 0 },
      problems: [],
      images: Array.from(labels, (label, i) => [`image ${i + 1}`, label, SIDES[split[i]], i]),
    },
    pixels: Uint8Array.from(pixels),
  };
}
