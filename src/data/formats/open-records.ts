/** Finds the layout of a data set: the readers are tried in turn, from the most to the least specific. */
import { ENDINGS, endingIn } from '../files/endings.ts';
import type { FileTree } from '../files/file-tree.ts';
import { hasError, type Problem } from '../files/problem.ts';
import { openArrays } from './arrays.ts';
import { withClassNames } from './class-names.ts';
import { openCifar } from './cifar.ts';
import { openFolders } from './folders.ts';
import { openIdx } from './idx.ts';
import type { OpenOptions, Records } from './records.ts';
import { openTableOrFolders } from './readings.ts';
import { openWebDataset } from './webdataset.ts';

type Opener = (tree: FileTree, options: OpenOptions) => Promise<Records | null>;

const PARQUET = endingIn(ENDINGS.parquet);

/** Loaded only when there is such a file: the reader includes decompressors that nothing else needs. */
const openParquetFiles: Opener = async (tree, options) => {
  if (!tree.files.some(({ path }) => PARQUET.test(path))) return null;
  const parquet = await import('./parquet.ts');
  return parquet.openParquetFiles(tree, options);
};

const OPENERS: readonly Opener[] = [
  openParquetFiles,
  openTableOrFolders,
  openWebDataset,
  openIdx,
  openCifar,
  openArrays,
];

/** @throws the signal's reason when aborted; whatever else is wrong is among the problems */
export async function openRecords(tree: FileTree, options: OpenOptions = {}): Promise<Records> {
  const failed: Problem[] = [...tree.problems];
  const named = (records: Records): Promise<Records> => withClassNames(records, tree, options.signal);
  for (const open of OPENERS) {
    const records = await open(tree, options);
    options.signal?.throwIfAborted();
    if (records === null) continue;
    if (records.records.length > 0)
      return named({ ...records, problems: [...failed.map(asWarning), ...records.problems] });
    failed.push(...records.problems);
  }
  const folders = openFolders(tree, options);
  if (folders.records.length > 0)
    return named({ ...folders, problems: [...failed.map(asWarning), ...folders.problems] });
  // the failure is already reported; adding that there are no images would only distract
  return { ...folders, problems: hasError(failed) ? failed : [...failed, ...folders.problems] };
}

const asWarning = (problem: Problem): Problem => ({ ...problem, severity: 'warning' });
