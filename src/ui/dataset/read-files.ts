/** File types that are read. Some systems' file pickers hide unlisted types, so the list names every one. */
export const READ_FILES = [
  ...['.zip', '.tar', '.tgz', '.gz', '.parquet', '.csv', '.tsv', '.jsonl', '.ndjson', '.npy', '.npz', '.bin'],
  ...['.idx', '.txt', '.json', 'image/*', 'application/octet-stream'],
];
