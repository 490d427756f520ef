/** The tasks of a study over many tasks: bundled ones, or parts of the study's own. */
import { chosenImages } from '../../../data/image/chosen-images.ts';
import type { LabelledImages, Task } from '../../../data/task.ts';
import type { StudyConfig } from '../../config/config.ts';
import { ANALYSIS_NOTICES } from '../words.ts';

type Settings = NonNullable<StudyConfig['analyses']['multitask']>;

/** A part with one class leaves nothing to classify. */
const MIN_CLASSES = 2;

interface Part {
  readonly name: string;
  /** Indices among the classes of the whole task. */
  readonly classes: readonly number[];
}

/** "animals/cat" → "animals" */
const superClass = (name: string): string | null => (name.includes('/') ? name.slice(0, name.indexOf('/')) : null);

/**
 * Groups classes by the text before the slash if every name has one ("animals/cat"), else into this many runs of neighbours of nearly equal length.
 * @throws RangeError when a part would have a single class.
 */
export function partsOf(classes: readonly string[], parts: number): Part[] {
  const supers = classes.map(superClass);
  const names = [...new Set(supers)].filter((name) => name !== null);
  const bySuper = supers.every((name) => name !== null) && names.length > 1;
  const groups: Part[] = bySuper
    ? names.map((name) => ({ name, classes: classes.flatMap((_, i) => (supers[i] === name ? [i] : [])) }))
    : Array.from({ length: parts }, (_, part) => {
        const own = classes.flatMap((_, i) => (Math.floor((i * parts) / classes.length) === part ? [i] : []));
        return { name: own.length > 0 ? `${classes[own[0]]} … ${classes[own[own.length - 1]]}` : '', classes: own };
      });
  if (groups.some((group) => group.classes.length < MIN_CLASSES))
    throw new RangeError(ANALYSIS_NOTICES.tooManyParts(classes.length, groups.length, MIN_CLASSES));
  return groups;
}

function imagesOf({ count, pixels, labels, motifs }: LabelledImages, classes: readonly number[]): LabelledImages {
  const stride = count > 0 ? pixels.length / count : 0;
  const kept = [...labels.keys()].filter((i) => classes.includes(labels[i]));
  return {
    count: kept.length,
    pixels: chosenImages(pixels, stride, kept),
    labels: Int32Array.from(kept, (i) => classes.indexOf(labels[i])),
    ...(motifs && { motifs: Int32Array.from(kept, (i) => motifs[i]) }),
  };
}

/** The part of a task with these classes. */
function partOf(task: Task, { name, classes }: Part): Task {
  return {
    ...task,
    id: `${task.id}/${name}`,
    name,
    classes: classes.map((c) => task.classes[c]),
    prompts: classes.map((c) => task.prompts[c]),
    train: imagesOf(task.train, classes),
    validation: imagesOf(task.validation, classes),
    test: imagesOf(task.test, classes),
  };
}

/** @throws Error when the settings do not give at least two tasks, each with training and test images. */
export async function loadManyTasks(
  { tasks: ids, parts }: Settings,
  own: Task,
  load: ((id: string) => Promise<Task>) | undefined,
): Promise<Task[]> {
  const tasks: Task[] = [];
  if (ids.length === 0) tasks.push(...partsOf(own.classes, parts).map((part) => partOf(own, part)));
  for (const id of ids) {
    if (id === own.id) tasks.push(own);
    else if (load) tasks.push(await load(id));
    else throw new Error(`The task “${id}” cannot be loaded here.`);
  }
  const empty = tasks.find(({ train, test }) => train.count === 0 || test.count === 0);
  if (empty) throw new RangeError(ANALYSIS_NOTICES.noImages(empty.name));
  return tasks;
}

/** Number of tasks. @throws RangeError as partsOf */
export const taskCount = ({ tasks, parts }: Settings, classes: readonly string[]): number =>
  tasks.length > 0 ? tasks.length : partsOf(classes, parts).length;

/** All classes of all tasks, as one task without images: the candidates of the harder setting. */
export function jointTask(tasks: readonly Task[]): Task {
  const none: LabelledImages = { count: 0, pixels: new Uint8Array(), labels: new Int32Array() };
  return {
    id: 'joint',
    name: tasks.map(({ name }) => name).join(', '),
    classes: tasks.flatMap(({ classes }) => classes),
    prompts: tasks.flatMap(({ prompts }) => prompts),
    imageSize: tasks[0].imageSize,
    train: none,
    validation: none,
    test: none,
  };
}
