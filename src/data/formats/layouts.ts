/** Ways in which files make up a data set. */
export const LAYOUTS = [
  'classes',
  'splits',
  'domains',
  'table',
  'webdataset',
  'idx',
  'cifar',
  'arrays',
  'parquet',
] as const;
export type Layout = (typeof LAYOUTS)[number];
