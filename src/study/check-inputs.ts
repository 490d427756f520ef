/** Whether configuration, images and what is known already fit together, before anything is computed. */
import { counted } from '../core/counted.ts';
import * as v from 'valibot';
import { FEDERATED_RULES, federatedRuleName, takesDora } from '../copra/federated/rule-list.ts';
import { listed } from '../copra/readings/words.ts';
import type { Task } from '../data/task.ts';
import { StudyConfigSchema, type ArmConfig, type StudyConfig } from './config.ts';
import { checkPartition } from './analyses/federated/clients.ts';
import type { FederatedSettings } from './analyses/federated/settings.ts';
import { checkKnown, type KnownStudy } from './known-study.ts';
import { taskCount } from './analyses/multitask/many-tasks.ts';

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

/** @throws RangeError naming a DoRA arm and a rule that merges updates of low rank. */
function checkRules(arms: readonly ArmConfig[], { rules }: FederatedSettings): void {
  const arm = arms.find(({ dora }) => dora);
  const rule = rules.find((id) => !takesDora(id));
  if (!arm || !rule) return;
  const others = listed(FEDERATED_RULES.filter(({ magnitudes }) => magnitudes).map(({ name }) => name));
  throw new RangeError(
    `The federated rule ${federatedRuleName(rule)} needs updates of low rank, which those of "${arm.name}" are not: it is a DoRA arm. Choose only ${others}, or switch DoRA off.`,
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
  const { multitask } = config.analyses;
  if (multitask?.enabled) {
    if (taskCount(multitask, task.classes) < 2)
      throw new RangeError('Merging across tasks needs at least two of them.');
    if (new Set(multitask.tasks).size < multitask.tasks.length) throw new RangeError('A task appears twice.');
  }
  const { federated } = config.analyses;
  if (federated?.enabled) {
    checkPartition(federated, task);
    checkRules(config.arms, federated);
  }
  if (known) checkKnown(config, task, known);
}
