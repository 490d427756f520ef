/** Checks that configuration, images and known findings fit together, before anything is computed. */
import { counted } from '../../core/counted.ts';
import * as v from 'valibot';
import type { Task } from '../../data/task.ts';
import { isOn } from '../analyses/analysis.ts';
import { ANALYSES } from '../analyses/registry.ts';
import { StudyConfigSchema, type StudyConfig } from '../config/config.ts';
import { checkTaking } from './taking.ts';
import { checkKnown, type KnownStudy } from '../result/known-study.ts';

/** @throws RangeError when the images of a split do not fit their number, size or classes. */
function checkImages(task: Task, name: 'train' | 'validation' | 'test'): void {
  const { count, pixels, labels } = task[name];
  const expected = count * task.imageSize * task.imageSize * 3;
  if (labels.length !== count || pixels.length !== expected)
    throw new RangeError(
      `The ${name} images of "${task.name}" have ${counted(labels.length, 'label')} and ${counted(pixels.length, 'value')}; ${counted(count, 'image')} need ${count} and ${expected}.`,
    );
  const wrong = labels.findIndex((label) => label < 0 || label >= task.classes.length);
  if (wrong >= 0)
    throw new RangeError(
      `The ${name} image ${wrong} of "${task.name}" has label ${labels[wrong]}, which is none of its ${counted(task.classes.length, 'class', 'classes')}.`,
    );
}

interface CheckedInputs {
  readonly config: StudyConfig;
  readonly task: Task;
  readonly known?: KnownStudy | null;
}

/** @throws RangeError saying what does not fit. */
export function checkInputs({ config, task, known }: CheckedInputs): void {
  const parsed = v.safeParse(StudyConfigSchema, config);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new RangeError(
      `The study's configuration is invalid at ${v.getDotPath(issue) ?? 'its root'}: ${issue.message}`,
    );
  }
  if (task.train.count === 0 || task.test.count === 0)
    throw new RangeError(
      `The task "${task.name}" needs training and test images (it has ${task.train.count} and ${task.test.count}).`,
    );
  if (task.prompts.length !== task.classes.length)
    throw new RangeError(
      `The task "${task.name}" has ${counted(task.prompts.length, 'prompt')} for ${counted(task.classes.length, 'class', 'classes')}.`,
    );
  for (const name of ['train', 'validation', 'test'] as const) checkImages(task, name);
  checkTaking(config.arms);
  for (const { id, check } of ANALYSES) if (isOn(config, id)) check?.(config, task);
  if (known) checkKnown(config, task, known);
}
