/** Thumbnails of a bundled task: one test picture per class, read from the artwork and transformed as in training. */
import { readAtlasIndex, readStyle, type ReadFile } from '../../data/bundled/atlas.ts';
import { conceptsBySide } from '../../data/bundled/bundled.ts';
import { applyDomain, compositeOnWhite } from '../../data/bundled/domains.ts';
import { className, type BundledTask } from '../../data/bundled/tasks.ts';
import { neededPageFile } from '../../platform/page-file.ts';

export interface TaskSamples {
  readonly size: number;
  readonly images: readonly { readonly label: string; readonly pixels: Uint8Array }[];
}

/** By file, which tasks share. */
const kept = new Map<string, Promise<ArrayBuffer>>();

const read: ReadFile = (file) => {
  const reading = kept.get(file) ?? neededPageFile(`atlas/${file}`, document.baseURI);
  kept.set(file, reading);
  return reading;
};

/** Relative position of the sample in its class: the first emoji of a group are often alike. */
const DEPTH = 0.31;

/** What could not be read, or is damaged, is fetched again when it is asked for. */
export const loadTaskSamples = (task: BundledTask): Promise<TaskSamples> =>
  readSamples(task).catch((error: unknown) => {
    kept.clear();
    throw error;
  });

async function readSamples(task: BundledTask): Promise<TaskSamples> {
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
