/** One test picture per class of a bundled task, read from the artwork and transformed as in training. */
import { readAtlasIndex, readStyle, type ReadFile } from './atlas.ts';
import { conceptsBySide } from './bundled.ts';
import { applyDomain, compositeOnWhite } from './domains.ts';
import { className, type BundledTask } from './tasks.ts';

export interface TaskSamples {
  readonly size: number;
  /** [size, size, 3] uint8 RGB each. */
  readonly images: readonly { readonly label: string; readonly pixels: Uint8Array }[];
}

/** Relative position of the sample in its class: the first emoji of a group are often alike. */
const DEPTH = 0.31;

export async function readTaskSamples(task: BundledTask, read: ReadFile): Promise<TaskSamples> {
  const atlas = await readAtlasIndex(read);
  const tested = conceptsBySide(task, atlas).test;
  const { size, pixels, concepts } = await readStyle(read, atlas, task.styles[0], (concept) => tested.has(concept));
  const names = task.level === 'group' ? atlas.groups : atlas.subgroups;
  const stride = size * size * 4;
  const images = task.classes.flatMap((name) => {
    const label = names.indexOf(name);
    const members = concepts.flatMap((concept, at) => (atlas.concepts[concept][task.level] === label ? [at] : []));
    if (members.length === 0) return [];
    const at = members[Math.floor(members.length * DEPTH)];
    const rgb = compositeOnWhite(pixels.subarray(at * stride, (at + 1) * stride));
    return [{ label: className(name), pixels: applyDomain(task.domain, rgb, size) }];
  });
  return { size, images };
}
