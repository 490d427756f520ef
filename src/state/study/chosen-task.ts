/** What is known of the task of the next run before it begins. */
import { bundledById, className } from '../../data/bundled/tasks.ts';
import type { ScriptTask } from '../../share/python/script.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { DatasetState } from '../dataset/dataset-state.ts';

/**
 * Name and classes of the chosen task: of own images those that are here, or those of the result shown, if it is of own images too; null
 * where neither is known.
 */
export function chosenTask(
  { task: id }: Pick<StudyConfig, 'task'>,
  { name, dataset, used }: Pick<DatasetState, 'name' | 'dataset' | 'used'>,
  result: Pick<StudyResult, 'config' | 'task'> | null,
): ScriptTask | null {
  const bundled = bundledById(id);
  if (bundled) return { name: bundled.name, classes: bundled.classes.map(className) };
  if (dataset) return dataset;
  if (used.length > 0) return { name, classes: used.map((each) => each.name) };
  return result?.config.task === id ? result.task : null;
}
