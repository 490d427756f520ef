/** A classifier of an adapter is that of the classes that it was trained on: the task may have others, or the same in another order. */
import { plainName } from '../../core/plain-name.ts';
import type { Task } from '../../data/task.ts';
import type { GivenAdapter } from '../config/evaluation-config.ts';
import { STUDY_NOTICES } from './words.ts';

/** Most names of classes in a message. */
const MOST_NAMED = 5;

/**
 * The adapter with the rows of its classifier in the order of the task's classes; unchanged where it does not say its classes.
 * @throws RangeError where it cannot be evaluated on the task
 */
export function withFittedHead(adapter: GivenAdapter, task: Pick<Task, 'name' | 'classes'>): GivenAdapter {
  const {
    name,
    classes,
    layout: { head },
    values,
  } = adapter;
  if (!head) throw new RangeError(STUDY_NOTICES.noClassifier(name));
  const wanted = task.classes.map(plainName);
  if (head.classes !== wanted.length)
    throw new RangeError(STUDY_NOTICES.otherClasses(name, head.classes, task.name, wanted.length));
  const own = classes.map(plainName);
  if (own.length === 0 || own.every((each, i) => each === wanted[i])) return adapter;
  const missing = wanted.filter((each) => !own.includes(each));
  if (missing.length > 0 || new Set(own).size < own.length)
    throw new RangeError(STUDY_NOTICES.otherNames(name, task.name, missing.slice(0, MOST_NAMED)));
  const ordered = values.slice();
  for (const [row, each] of wanted.entries()) {
    const from = own.indexOf(each);
    const weight = values.subarray(head.weightOffset + from * head.features).subarray(0, head.features);
    ordered.set(weight, head.weightOffset + row * head.features);
    ordered[head.biasOffset + row] = values[head.biasOffset + from];
  }
  return { ...adapter, values: ordered, classes: task.classes };
}
