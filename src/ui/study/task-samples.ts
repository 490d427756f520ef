/** Thumbnails of a bundled task, from the artwork that the page fetches. */
import type { ReadFile } from '../../data/bundled/atlas.ts';
import { readTaskSamples, type TaskSamples } from '../../data/bundled/task-samples.ts';
import type { BundledTask } from '../../data/bundled/tasks.ts';
import { neededPageFile } from '../../platform/page-file.ts';

/** By file, which tasks share. */
const kept = new Map<string, Promise<ArrayBuffer>>();

const read: ReadFile = (file) => {
  const reading = kept.get(file) ?? neededPageFile(`atlas/${file}`, document.baseURI);
  kept.set(file, reading);
  return reading;
};

/** What could not be read, or is damaged, is fetched again when it is asked for. */
export const loadTaskSamples = (task: BundledTask): Promise<TaskSamples> =>
  readTaskSamples(task, read).catch((error: unknown) => {
    kept.clear();
    throw error;
  });
