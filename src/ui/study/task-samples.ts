/** Thumbnails of a bundled task: one picture per class, read from the artwork and transformed as in training. */
import { readAtlasIndex, readStyle, type ReadFile } from '../../data/bundled/atlas.ts';
import { applyDomain, compositeOnWhite } from '../../data/bundled/domains.ts';
import { className, type BundledTask } from '../../data/bundled/tasks.ts';
import { neededPageFile } from '../../platform/page-file.ts';

export interface TaskSamples {
  readonly size: number;
  readonly images: readonly { readonly label: string; readonly pixels: Uint8Array }[];
}

const read: ReadFile = (file) => neededPageFile(`atlas/${file}`, document.baseURI);

/** What was read, by file; what could not be read is tried again when it is asked for. */
const kept = new Map<string, Promise<unknown>>();

function once<T>(name: string, load: () => Promise<T>): Promise<T> {
  const loading = (kept.get(name) as Promise<T> | undefined) ?? load();
  kept.set(name, loading);
  loading.catch(() => kept.delete(name));
  return loading;
}

/** Relative position of the sample in its class: the first emoji of a group are often alike. */
const DEPTH = 0.31;

export async function loadTaskSamples(task: BundledTask): Promise<TaskSamples> {
  const atlas = await once('index', () => readAtlasIndex(read));
  const [style] = task.styles;
  const { size, pixels, concepts } = await once(style, () => readStyle(read, atlas, style));
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
