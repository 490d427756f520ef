/** Bundled task → images: read the styles, take the classes, split by concept, sample shots, composite, transform. */
import { hash32 } from '../../core/hash.ts';
import { hashString } from '../../core/rng.ts';
import { readAtlasIndex, readStyle, styleOutline, type AtlasIndex, type ReadFile, type StyleImages } from './atlas.ts';
import { conceptPositions, sideOf, type Side } from './concept-split.ts';
import { applyDomain, compositeOnWhite, type DomainId } from './domains.ts';
import { checkShots, sampleOf, type Shots } from '../shots.ts';
import type { LabelledImages, Task } from '../task.ts';
import { bundledTask, className, promptOf, type BundledTask } from './tasks.ts';

interface Picture {
  readonly images: StyleImages;
  /** Index within its style. */
  readonly at: number;
  readonly label: number;
  /** Index into the styles of the task. */
  readonly style: number;
  readonly concept: number;
  /** Concepts that share artwork are one motif. */
  readonly unit: number;
  readonly side: Side;
  /** Images are sorted by this hash, so that the first n are a fair sample. */
  readonly order: number;
}

/**
 * Loads a bundled task by id.
 *
 * @param shots which training images. Classes with fewer give what they have
 * @throws Error for an unknown id or damaged artwork, RangeError for shots that cannot be
 */
export function loadBundledTask(id: string, shots: Shots, read: ReadFile): Promise<Task> {
  return loadTask(bundledTask(id), shots, read);
}

/** As loadBundledTask, for an ad hoc task, e.g. a single style or another domain as a federated client. */
export async function loadTask(task: BundledTask, shots: Shots, read: ReadFile): Promise<Task> {
  const index = await readAtlasIndex(read);
  const styles = await Promise.all(task.styles.map((style) => readStyle(read, index, style)));
  return splitTask(task, shots, index, styles, (chosen) => labelled(chosen, index.size, task.domain));
}

/** As loadBundledTask, but its images have labels and no pixels: for what only counts them. Reads no more than the index. */
export async function outlineTask(id: string, shots: Shots, read: ReadFile): Promise<Task> {
  const task = bundledTask(id);
  const index = await readAtlasIndex(read);
  const styles = task.styles.map((style) => styleOutline(index, style));
  return splitTask(task, shots, index, styles, (chosen) => ({
    count: chosen.length,
    pixels: new Uint8Array(0),
    ...labelsOf(chosen),
  }));
}

function splitTask(
  task: BundledTask,
  shots: Shots,
  index: AtlasIndex,
  styles: readonly StyleImages[],
  render: (chosen: readonly Picture[]) => LabelledImages,
): Task {
  checkShots(shots);
  const pictures = collect(task, index, styles, conceptsBySide(task, index));
  const on = (side: Side) => pictures.filter((picture) => picture.side === side);
  const train = sampleShots(on('train'), task.classes.length, shots);
  const classes = task.classes.map(className);
  return {
    id: task.id,
    name: task.name,
    classes,
    prompts: classes.map(promptOf),
    imageSize: index.size,
    train: render(train),
    validation: render(on('validation')),
    test: render(on('test')),
    styles: { names: task.styles, train: Int32Array.from(train, ({ style }) => style) },
  };
}

/**
 * Only the test images of a task, for which none of its other images are drawn, and no artwork is read that has none of them.
 *
 * @param limit most images, the first of which are a fair sample; null = all
 * @throws Error for damaged artwork
 */
export async function loadTestImages(task: BundledTask, limit: number | null, read: ReadFile): Promise<LabelledImages> {
  const index = await readAtlasIndex(read);
  const sides = conceptsBySide(task, index);
  const styles = await Promise.all(
    task.styles.map((style) => readStyle(read, index, style, (concept) => sides.test.has(concept))),
  );
  const test = collect(task, index, styles, sides).filter(({ side }) => side === 'test');
  return labelled(test.slice(0, limit ?? Infinity), index.size, task.domain);
}

/** Concepts by side, for tests and for displays. Every concept of the task's classes appears in exactly one set. */
export function conceptsBySide(task: BundledTask, index: AtlasIndex): Record<Side, Set<number>> {
  const positions = conceptPositions(index);
  const labelOf = labeller(task, index);
  const sets: Record<Side, Set<number>> = { train: new Set(), validation: new Set(), test: new Set() };
  index.concepts.forEach((_, i) => {
    if (labelOf(i) >= 0) sets[sideOf(positions[i], task.shares)].add(i);
  });
  return sets;
}

function collect(
  task: BundledTask,
  index: AtlasIndex,
  styles: readonly StyleImages[],
  sides: Readonly<Record<Side, ReadonlySet<number>>>,
): Picture[] {
  const labelOf = labeller(task, index);
  const pictures: Picture[] = [];
  styles.forEach((images, s) => {
    const salt = hashString(task.styles[s]);
    images.concepts.forEach((concept, at) => {
      const label = labelOf(concept);
      if (label < 0) return;
      const side = sides.test.has(concept) ? 'test' : sides.validation.has(concept) ? 'validation' : 'train';
      const { unit } = index.concepts[concept];
      pictures.push({ images, at, label, style: s, concept, unit, side, order: hash32(hash32(concept) ^ salt) });
    });
  });
  return pictures.sort((a, b) => a.order - b.order || a.concept - b.concept);
}

/** Concept → class index, or −1 when the concept belongs to none of the task's classes. */
function labeller(task: BundledTask, index: AtlasIndex): (concept: number) => number {
  const names = task.level === 'group' ? index.groups : index.subgroups;
  const classOf = names.map((name) => task.classes.indexOf(name));
  return (concept) => classOf[index.concepts[concept][task.level]];
}

function sampleShots(pictures: readonly Picture[], classes: number, shots: Shots): readonly Picture[] {
  if (shots.shots === null) return pictures;
  const chosen = new Set<Picture>();
  for (let label = 0; label < classes; label++) {
    const ofClass = pictures.filter((picture) => picture.label === label);
    for (const picture of sampleOf(ofClass, label, shots)) chosen.add(picture);
  }
  return pictures.filter((picture) => chosen.has(picture));
}

function labelled(pictures: readonly Picture[], size: number, domain: DomainId): LabelledImages {
  const stride = size * size * 4;
  const rgba = new Uint8Array(pictures.length * stride); // [count, size, size, 4]
  pictures.forEach(({ images, at }, i) => rgba.set(images.pixels.subarray(at * stride, (at + 1) * stride), i * stride));
  return {
    count: pictures.length,
    pixels: applyDomain(domain, compositeOnWhite(rgba), size), // [count, size, size, 3]
    ...labelsOf(pictures),
  };
}

const labelsOf = (pictures: readonly Picture[]): Required<Pick<LabelledImages, 'labels' | 'motifs'>> => ({
  labels: Int32Array.from(pictures, ({ label }) => label),
  motifs: Int32Array.from(pictures, ({ unit }) => unit),
});
