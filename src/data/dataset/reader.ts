/** An open data set: its plan, and its images on demand. Runs in the data worker and in Node alike. */
import type { FileTree, Outcome, SourceFile } from '../files/file-tree.ts';
import { openRecords } from '../formats/open-records.ts';
import type { ImageContent, OpenOptions, ReadingChoice } from '../formats/records.ts';
import { planRecords, type DatasetPlan } from './plan.ts';
import { openFiles, openSource, type DatasetSource, type SourceOptions } from './source.ts';

export interface DatasetReader {
  readonly plan: DatasetPlan;
  /** @param wanted positions in the list of images (PlannedImage.record) */
  read(wanted: readonly number[], signal?: AbortSignal): AsyncGenerator<Outcome<ImageContent>, void, undefined>;
  /** The same files with the class names from another column or reading. */
  relabel(choice: ReadingChoice, signal?: AbortSignal): Promise<DatasetReader>;
}

/**
 * Lists a data set. Problems with its files are listed in the plan.
 *
 * @throws Error with a full sentence when an address cannot be read; the signal's reason when aborted
 */
export async function openReader(
  source: DatasetSource,
  options: SourceOptions & ReadingChoice = {},
): Promise<DatasetReader> {
  const { tree, name } = await openSource(source, options);
  return readTree(tree, name, options);
}

/** The same for local files, e.g. in Node. */
export async function readFiles(files: readonly SourceFile[], options: OpenOptions = {}): Promise<DatasetReader> {
  const { tree, name } = await openFiles(files, options.signal);
  return readTree(tree, name, options);
}

async function readTree(tree: FileTree, name: string | null, options: OpenOptions): Promise<DatasetReader> {
  const records = await openRecords(tree, options);
  return {
    plan: planRecords({ ...records, name: records.name ?? (name || null) }),
    read: (wanted, signal) => records.read(wanted, signal),
    relabel: (choice, signal) => readTree(tree, name, { ...choice, signal }),
  };
}
