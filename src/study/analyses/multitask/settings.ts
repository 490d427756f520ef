/** Settings of merging across tasks; λ and density come from the settings of merging. */
import { analysisSchema, switchedOn } from '../../config/settings/analysis-rows.ts';
import { names, number, onOff } from '../../config/settings/rows.ts';

/** Most tasks merged into one adapter. */
const MAX_TASKS = 16;

const FOUR_TASKS = ['animals', 'food', 'travel', 'objects'];

export const MULTITASK_SETTINGS = {
  enabled: onOff({
    label: 'Many tasks',
    query: 'many-tasks',
    usual: false,
  }),
  tasks: names({
    label: 'Tasks',
    query: 'merged-tasks',
    most: MAX_TASKS,
    lists: { 'Four bundled': FOUR_TASKS, 'Parts of the task': [] },
    usual: FOUR_TASKS,
  }),
  parts: number({
    label: 'Parts',
    query: 'task-parts',
    when: ({ tasks }) => Array.isArray(tasks) && tasks.length === 0,
    min: 2,
    max: MAX_TASKS,
    whole: true,
    step: 1,
    usual: 4,
  }),
};

export const MultitaskSchema = analysisSchema(MULTITASK_SETTINGS);

export const USUAL_MULTITASK = switchedOn(MULTITASK_SETTINGS);

/** Number of tasks trained besides the study's own, before its classes are known. */
export const otherTaskCount = ({ tasks, parts }: typeof USUAL_MULTITASK, own: string): number =>
  tasks.length > 0 ? tasks.filter((id) => id !== own).length : parts;
