/** Thumbnails of a bundled task: one picture per class, read from the artwork and transformed as in training. */
import {
  readAtlasIndex,
  readStyle,
  type AtlasIndex,
  type ReadFile,
  type StyleImages,
} from '../../data/bundled/atlas.ts';
import { applyDomain, compositeOnWhite } from '../../data/bundled/domains.ts';
import { className, type BundledTask } from '../../data/bundled/tasks.ts';
import { STUDY_WORDS } from './messages.ts';

export interface TaskSamples {
  readonly size: number;
  readonly images: readonly { readonly label: string; readonly pixels: Uint8Array }[];
}

const read: ReadFile = async (file) => {
  const response = await fetch(new URL(`atlas/${file}`, document.baseURI));
  if (!response.ok) throw new Error(STUDY_WORDS.task.artworkFailed(file, response.status));
  return response.arrayBuffer();
};

let index: Promise<AtlasIndex> | null = null;
const styles = new Map<string, Promise<StyleImages>>();

/** Relative position of the sample in its class: the first emoji of a group are often alike. */
const DEPTH = 0.31;

export async function loadTaskSamples(task: BundledTask): Promise<TaskSamples> {
  index ??= readAtlasIndex(read);
  const atlas = await index;
  const [style] = task.styles;
  const loading = styles.get(style) ?? readStyle(read, atlas, style);
  styles.set(style, loading);
  const { size, pixels, concepts } = await loading;
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
