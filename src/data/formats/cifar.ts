/** The binary version of CIFAR-10 and CIFAR-100: records of 1 or 2 label bytes and 3,072 bytes of pixels, as planes of 32 × 32. */
import { errorText } from '../../core/error-text.ts';
import type { FileTree } from '../files/file-tree.ts';
import { readRanges, type Bytes } from '../files/byte-file.ts';
import { MAX_RECORDS } from '../files/limits.ts';
import { sideWithin, stemOf } from '../files/paths.ts';
import { error, warning, type Problem } from '../files/problem.ts';
import { classNamesIn, nameOfClass } from './class-names.ts';
import {
  ColumnTally,
  readBlocks,
  type ImageBlock,
  type ImageRecord,
  type OpenOptions,
  type RawImage,
  type Records,
} from './records.ts';
import { FORMAT_WORDS } from './words.ts';

const SIDE = 32;
const PIXELS = SIDE * SIDE;
const IMAGE = 3 * PIXELS;

interface Kind {
  readonly labels: readonly string[];
  /** Name files, one per label. */
  readonly names: readonly RegExp[];
  readonly classes: readonly number[];
}

const CIFAR10: Kind = { labels: ['label'], names: [/(^|\/)batches\.meta\.txt$/i], classes: [10] };
const CIFAR100: Kind = {
  labels: ['coarse', 'fine'],
  names: [/(^|\/)coarse_label_names\.txt$/i, /(^|\/)fine_label_names\.txt$/i],
  classes: [20, 100],
};

/** Planes → [32, 32, 3]. */
export function cifarImage(bytes: Bytes): RawImage {
  const data = new Uint8Array(IMAGE);
  for (let i = 0; i < PIXELS; i++) for (let c = 0; c < 3; c++) data[3 * i + c] = bytes[c * PIXELS + i];
  return { width: SIDE, height: SIDE, channels: 3, data };
}

/** @returns null when no file is named and sized like a CIFAR batch */
export async function openCifar(tree: FileTree, { labelColumn, signal }: OpenOptions = {}): Promise<Records | null> {
  const hundred = tree.files.some(({ path }) => CIFAR100.names[1].test(path));
  const candidates = [...tree.files.keys()].filter((at) =>
    /(^|\/)((data|test)_batch[^/]*|train|test)\.bin$/i.test(tree.files[at].path),
  );
  if (candidates.length === 0) return null;
  const ten = candidates.some((at) => /_batch/i.test(tree.files[at].path));
  const kind = hundred || !ten ? CIFAR100 : CIFAR10;
  const header = kind.labels.length;
  const stride = header + IMAGE;
  const column = labelColumn && kind.labels.includes(labelColumn) ? labelColumn : kind.labels[header - 1];
  const names = await Promise.all(kind.names.map((pattern) => classNamesIn(tree, pattern, signal)));
  const tallies = kind.labels.map((label) => new ColumnTally(label));
  const problems: Problem[] = [];
  const blocks: ImageBlock[] = [];
  const records: ImageRecord[] = [];
  for (const at of candidates) {
    const { path, size } = tree.files[at];
    const count = Math.min(Math.floor(size / stride), MAX_RECORDS - records.length);
    if (size % stride !== 0) problems.push(warning(path, FORMAT_WORDS.cifar.size(path, stride)));
    const side = sideWithin(stemOf(path)) ?? 'train'; // the names are fixed, whatever folder they lie in
    const file = tree.file(at);
    const ranges = Array.from({ length: count }, (_, i) => ({ begin: i * stride, end: i * stride + header }));
    let read = 0;
    let strange = 0;
    try {
      for await (const labels of readRanges(file, ranges, signal)) {
        if (labels.length < header) break;
        const values = kind.labels.map((_, l) =>
          labels[l] < kind.classes[l] ? nameOfClass(names[l], labels[l]) : null,
        );
        values.forEach((value, l) => value !== null && tallies[l].add(value));
        const className = values[kind.labels.indexOf(column)];
        if (className === null) strange++;
        records.push({ path: `${path}#${++read}`, className, side });
      }
    } catch (cause) {
      signal?.throwIfAborted();
      problems.push(warning(path, FORMAT_WORDS.cifar.readUpTo(path, read, errorText(cause))));
    }
    if (strange > 0) problems.push(warning(path, FORMAT_WORDS.cifar.strange(strange, path), strange));
    blocks.push({ file, offset: header, stride, length: IMAGE, count: read, toImage: cifarImage });
  }
  if (records.length === 0) problems.push(error(null, FORMAT_WORDS.cifar.none));
  return {
    layout: 'cifar',
    name: kind === CIFAR10 ? 'CIFAR-10' : 'CIFAR-100',
    records,
    columns: header > 1 ? tallies.map((tally) => tally.summary()) : [],
    labelColumn: header > 1 ? column : null,
    problems,
    read: (wanted, inner) => readBlocks(blocks, wanted, inner),
  };
}
