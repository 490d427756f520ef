/** Images restored with an interrupted study. Only what the study needs was kept, so files and left-out classes are gone. */
import { SPLIT, type DroppedDataset } from '../dataset/dropped.ts';
import { DEFAULT_SHARES } from '../dataset/shares.ts';
import { joined, testedEntries, type StoredContents, type StoredDataset } from './stored-dataset.ts';

const SIDES = (['train', 'validation', 'test'] as const).toSorted((a, b) => SPLIT[a] - SPLIT[b]);

/** Returns them as a stored data set, with their original split and domains. */
export function restoredDataset({
  name,
  imageSize,
  classes,
  labels,
  split,
  pixels,
  motifs = Int32Array.from(labels.keys()),
  files,
  others = [],
}: DroppedDataset): StoredDataset {
  const own = Array.from(labels, (label, i): StoredContents['images'][number] => [
    files?.[i] ?? `image ${i + 1}`,
    label,
    SIDES[split[i]],
    motifs[i],
  ]);
  const tested = testedEntries({ motifs, others }, (label) => label);
  return {
    info: {
      version: 1,
      id: 'restored',
      name,
      savedAt: new Date().toISOString(),
      images: own.length + tested.length,
      classes: classes.length,
      imageSize,
    },
    contents: {
      layout: 'classes',
      classes: [...classes],
      edits: {
        names: classes,
        shares: DEFAULT_SHARES,
        seed: 0,
        ...(others.length > 0 && { heldOut: others.map((other) => other.name) }),
      },
      problems: [],
      images: [...own, ...tested],
    },
    pixels: joined([pixels, ...others.map((other) => other.pixels)]),
  };
}
