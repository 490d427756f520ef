/** Checks that configuration, images and known findings fit together, before anything is computed. */
import * as v from 'valibot';
import type { Task } from '../../data/task.ts';
import { firstViolation } from '../../platform/describe-issues.ts';
import { isOn } from '../analyses/analysis.ts';
import { ANALYSES } from '../analyses/registry.ts';
import { StudyConfigSchema, type StudyConfig } from '../config/config.ts';
import { checkTaking } from './training/taking.ts';
import { checkKnown, type KnownStudy } from '../result/known-study.ts';
import { STUDY_NOTICES } from './words.ts';

/** @throws RangeError when the images of a split do not fit their number, size or classes. */
function checkImages(task: Task, name: 'train' | 'validation' | 'test'): void {
  const { count, pixels, labels } = task[name];
  const expected = count * task.imageSize * task.imageSize * 3;
  if (labels.length !== count || pixels.length !== expected)
    throw new RangeError(
      STUDY_NOTICES.wrongImages(
        name,
        task.name,
        { labels: labels.length, values: pixels.length },
        { images: count, values: expected },
      ),
    );
  const wrong = labels.findIndex((label) => label < 0 || label >= task.classes.length);
  if (wrong >= 0)
    throw new RangeError(STUDY_NOTICES.wrongLabel(name, task.name, wrong, labels[wrong], task.classes.length));
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
    const { path, what } = firstViolation(parsed.issues);
    throw new RangeError(STUDY_NOTICES.invalidConfig(path, what));
  }
  if (task.train.count === 0 || task.test.count === 0)
    throw new RangeError(STUDY_NOTICES.noImages(task.name, task.train.count, task.test.count));
  if (task.prompts.length !== task.classes.length)
    throw new RangeError(STUDY_NOTICES.promptsPerClass(task.name, task.prompts.length, task.classes.length));
  for (const name of ['train', 'validation', 'test'] as const) checkImages(task, name);
  checkTaking(config.arms);
  if (known) checkKnown(config, task, known);
  for (const { id, check } of ANALYSES) if (isOn(config, id)) check?.(config, task, known?.result ?? null);
}
