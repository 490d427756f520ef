/** How files make up a data set, in words. */
import { catalogue } from '../../core/language/catalogue.ts';
import type { Layout } from './layouts.ts';

export const LAYOUT_WORDS = catalogue<Readonly<Record<Layout, string>>>('layouts', {
  classes: 'a folder per class',
  splits: 'folders of splits and classes',
  domains: 'two levels of folders, classes and domains',
  table: 'a table of images',
  webdataset: 'WebDataset samples',
  idx: 'IDX arrays (MNIST)',
  cifar: 'CIFAR batches',
  arrays: 'NumPy arrays',
  parquet: 'parquet rows',
});
