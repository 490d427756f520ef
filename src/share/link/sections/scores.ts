/** Accuracies and losses at the same points. */
import type { Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import type { Related } from '../coding/integer-curves.ts';
import { readCurves, writeAccuracies, writeCurves } from '../curve-codec.ts';
import type { Detail } from '../fidelity.ts';

export interface Scores {
  readonly accuracy: readonly (readonly number[])[];
  readonly loss: readonly (readonly number[])[];
}

interface Storage {
  /** Numbers of images on which the accuracies may be counts. */
  readonly sizes: readonly number[];
  readonly accuracy: Detail;
  readonly loss: Detail;
  /** Indices whose numbers occurred before. */
  readonly twins?: Related['twins'];
}

/** Losses come first, because accuracies are forecast from them. */
export function writeScores(writer: CodedWriter, { accuracy, loss }: Scores, storage: Storage): void {
  const twins = storage.twins && { twins: storage.twins };
  const side = writeCurves(writer, loss, storage.loss, { ...twins });
  writeAccuracies(writer, accuracy, storage.sizes, storage.accuracy, { side, ...twins });
}

/** @param what the points, named after "the accuracies" in errors */
export function readScores(
  reader: Reader,
  lengths: readonly number[],
  what: string,
  twins?: Related['twins'],
): { readonly accuracy: number[][]; readonly loss: number[][] } {
  const read = (name: string, related: Related) => readCurves(reader, lengths, `the ${name} ${what}`, related);
  const before = twins && { twins };
  if (reader.format === 1) {
    const accuracy = read('accuracies', {});
    return { accuracy, loss: read('losses', {}) };
  }
  const loss = read('losses', { ...before });
  return { accuracy: read('accuracies', { side: loss, ...before }), loss };
}
