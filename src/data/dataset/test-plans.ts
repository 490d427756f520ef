/** Plans of the tests: of folders and files that have names and sizes and need no contents. */
import type { ListedFile } from '../files/file-tree.ts';
import { listFolders } from '../formats/folders.ts';
import type { OpenOptions } from '../formats/records.ts';
import { planRecords, type DatasetPlan } from './plan.ts';

export const planFolders = (files: readonly ListedFile[], options?: Pick<OpenOptions, 'reading'>): DatasetPlan =>
  planRecords(listFolders(files, options));
