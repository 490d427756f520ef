/** A merge as stored in sections 8 and 12. */
import type { Alignment, MergeMethod } from '../../../copra/merging/method-ids.ts';
import { BinaryError, type Reader, type Writer } from '../binary.ts';
import { readValue, writeValue } from '../value-codec.ts';
import { readName } from './context.ts';
import { LINK_CHECKS } from '../words.ts';

/** By position in the link: append only. */
const METHODS = [
  'factors',
  'updates',
  'task-arithmetic',
  'svd',
  'magnitude',
  'ties',
  'dare-linear',
  'dare-ties',
  'knots-ties',
  'iso-c',
  'tsv-m',
  'model-stock',
  'peft-linear',
  'peft-ties',
  'peft-dare-linear',
  'peft-dare-ties',
  'peft-magnitude',
  'quotient-mean',
  'core-ties',
  'compressed-ties',
  'lora-lego',
] as const satisfies readonly MergeMethod[];
/** By position in the link: append only. */
const ALIGNED = ['none', 'orthogonal', 'invertible'] as const satisfies readonly Alignment[];

interface MergeHead {
  readonly method: MergeMethod;
  readonly alignment: Alignment;
  readonly scale: number;
  readonly rank: number;
}

export function writeMerge(writer: Writer, { method, alignment, scale, rank }: MergeHead): void {
  writer.u8(METHODS.indexOf(method));
  writer.u8(ALIGNED.indexOf(alignment));
  writeValue(writer, scale);
  writer.varint(rank);
}

/** @throws BinaryError when the data ends or names no known way of merging. */
export const readMerge = (reader: Reader): MergeHead => ({
  method: readName(reader, METHODS, 'A way of merging'),
  alignment: readName(reader, ALIGNED, 'An alignment'),
  scale: readScale(reader),
  rank: reader.varint('a rank'),
});

function readScale(reader: Reader): number {
  const value = readValue(reader);
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new BinaryError(LINK_CHECKS.mergeFactor);
  return value;
}
