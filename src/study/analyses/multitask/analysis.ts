import { comingCode } from '../../../platform/coming-code.ts';
import { bundledTask } from '../../../data/bundled/tasks.ts';
import type { StudyConfig } from '../../config/config.ts';
import { sum, times, trainingWork, type WorkSizes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { USUAL_MERGING } from '../merging/settings.ts';
import { taskCount } from './tasks.ts';
import { seedWork } from './work.ts';
import { ANALYSIS_NOTICES } from '../words.ts';

/** Number of merged tasks, and how many of them are trained besides the study's own. */
function tasksOf({ multitask }: StudyConfig['analyses'], task: WorkSizes['task']): { tasks: number; others: number } {
  if (!multitask) return { tasks: 0, others: 0 };
  const tasks = taskCount(multitask, task.classes);
  return { tasks, others: tasks - (multitask.tasks.includes(task.id) ? 1 : 0) };
}

export const MULTITASK: Analysis = {
  id: 'multitask',
  work(config, { task, trained, layout, testImages, validationImages }) {
    const { merging = USUAL_MERGING } = config.analyses;
    const { tasks, others } = tasksOf(config.analyses, task);
    const sizes = {
      scales: merging.scales.length,
      layout,
      runs: tasks,
      testImages: tasks * testImages,
      validationImages: tasks * validationImages,
    };
    return times(trained, sum([trainingWork(config, others), ...seedWork(sizes)]));
  },
  check({ analyses: { multitask } }, { id: own, classes }) {
    if (!multitask) return;
    if (taskCount(multitask, classes) < 2) throw new RangeError(ANALYSIS_NOTICES.twoTasks);
    if (new Set(multitask.tasks).size < multitask.tasks.length) throw new RangeError(ANALYSIS_NOTICES.taskTwice);
    // They are loaded only when everything else is trained.
    for (const id of multitask.tasks) if (id !== own) bundledTask(id);
  },
  async run(context, { source, runs }) {
    // What else opened adapters were trained on is unknown.
    if (source.work.trained > 0) await (await comingCode(import('./run.ts'))).runMultitask(context, runs);
  },
};
