/** Names of classes as people see them. */
import { CLASS_WORDS } from './class-words.ts';
import { TASK_NAMES, taskCalled } from './task-names.ts';
import { bundledById } from './tasks.ts';

const isKnown = (name: string): name is keyof typeof CLASS_WORDS => Object.hasOwn(CLASS_WORDS, name);

/** @param taskId own images keep the names that they came with */
export const shownClass = (taskId: string, name: string): string =>
  bundledById(taskId) && isKnown(name) ? CLASS_WORDS[name] : name;

/** The classes of a result, in its order. */
export const shownClasses = ({
  config,
  task,
}: {
  readonly config: { readonly task: string };
  readonly task: { readonly classes: readonly string[] };
}): readonly string[] => task.classes.map((name) => shownClass(config.task, name));

/** One of many tasks: a bundled one, or a part of a task, which is called by its first and its last class: "food drink … symbols". */
export function shownPart(taskId: string, name: string): string {
  const bundled = bundledById(taskId) && taskCalled(name);
  if (bundled) return TASK_NAMES[bundled];
  return name
    .split(' … ')
    .map((end) => shownClass(taskId, end))
    .join(' … ');
}
