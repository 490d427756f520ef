/** Endings of the files that are read: one list for the readers, the file picker, typed addresses and what a server gives. */
import { IMAGE_ENDINGS } from './paths.ts';

/** By what reads them. */
export const ENDINGS = {
  zip: ['zip'],
  tar: ['tar', 'tgz', 'tar.gz'],
  parquet: ['parquet'],
  delimited: ['csv', 'tsv'],
  jsonLines: ['jsonl', 'ndjson'],
  npy: ['npy'],
  npz: ['npz'],
  /** Beside names such as train-images-idx3-ubyte, which have no ending. */
  idx: ['idx', 'idx1', 'idx2', 'idx3', 'idx4'],
  cifar: ['bin'],
  /** Labels beside images, and names of classes. */
  notes: ['cls', 'txt', 'json', 'names'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Archives that are not read. */
const FOREIGN = ['7z', 'rar', 'xz', 'bz2', 'zst', 'tbz', 'tbz2', 'txz'];

/** @param packed gzipped too */
export const endingIn = (endings: readonly string[], packed = false): RegExp =>
  new RegExp(
    `\\.(${endings.map((ending) => ending.replaceAll('.', '\\.')).join('|')})${packed ? '(\\.gz)?' : ''}$`,
    'i',
  );

export const isArchive = (path: string): boolean => ARCHIVE.test(path);
const ARCHIVE = endingIn([...ENDINGS.zip, ...ENDINGS.tar]);

export const isForeignArchive = (path: string): boolean => FOREIGN_ARCHIVE.test(path);
const FOREIGN_ARCHIVE = endingIn(FOREIGN);

export const isTable = (path: string): boolean => TABLE.test(path);
const TABLE = endingIn([...ENDINGS.delimited, ...ENDINGS.jsonLines], true);

export const isIdx = (path: string): boolean => IDX.test(path) || IDX_NAME.test(path);
const IDX = endingIn(ENDINGS.idx, true);
const IDX_NAME = /(idx[1-4]?[-.]ubyte|-idx[1-4]-\w+)(\.gz)?$/i;

/** Whether a name is that of a file that is read, or of an archive that is refused. */
export const isDataFile = (path: string): boolean => DATA_FILE.test(path) || isIdx(path) || isForeignArchive(path);
const DATA_FILE = endingIn([...Object.values(ENDINGS).flat(), ...IMAGE_ENDINGS, 'gz'], true);

/** Texts, which browsers may have unpacked: some servers name their packing as an encoding. */
const TEXTS = [...ENDINGS.delimited, ...ENDINGS.jsonLines, ...ENDINGS.notes];

/** Whether a file never begins as a text does. IDX and CIFAR may: their first bytes are numbers. */
export const isPacked = (path: string): boolean =>
  PACKED.test(path) || (/\.gz$/i.test(path) && !endingIn(TEXTS, true).test(path));
const PACKED = endingIn([ENDINGS.zip, ENDINGS.tar, ENDINGS.parquet, ENDINGS.npy, ENDINGS.npz].flat());

/** Whether numbers or text fill a file, which pack well. */
export const isPlainNumbers = (path: string): boolean => NUMBERS.test(path);
const NUMBERS = endingIn([...ENDINGS.npy, ...ENDINGS.delimited, ...ENDINGS.jsonLines, 'json']);

/** For file pickers. Those of some systems hide types that are not listed, so the list names every one. */
export const READ_FILES: readonly string[] = [
  ...new Set(
    Object.values(ENDINGS)
      .flat()
      .map((ending) => `.${ending.split('.').at(-1)}`),
  ),
  ...['image/*', 'application/octet-stream'],
];
