/** Answers to single images as two bytes each. */
import { bytesFromBase64, bytesToBase64 } from '../../platform/bits.ts';
import type { StudyResult } from '../result/result.ts';
import { testedImages } from '../result/tested-images.ts';

/** Bytes per image and variant. */
export const ANSWER_BYTES = 2;

/** The class of an answer is one byte. */
export const MOST_CLASSES = 256;

/** Whether the classes of a task fit in answers: of other tasks a result keeps none, and no labels. */
export const fitsAnswers = ({ classes }: { readonly classes: readonly string[] }): boolean =>
  classes.length <= MOST_CLASSES;

/** Answers of one variant to all kept images. */
export interface Answers {
  /** [images]: class. */
  readonly predicted: Uint8Array;
  /** [images]: probability of the true class, in 255ths. */
  readonly certainty: Uint8Array;
}

/**
 * @param predicted [images] @param loss [images]: cross-entropy, so that exp(−loss) is the probability of the true class
 * @param from place of the first image in both lists
 */
export function packAnswers(predicted: Int32Array, loss: ArrayLike<number>, from: number, images: number): string {
  const bytes = new Uint8Array(ANSWER_BYTES * images); // [images, 2]
  for (let i = 0; i < images; i++) {
    bytes[2 * i] = predicted[from + i];
    bytes[2 * i + 1] = Math.round(255 * Math.min(1, Math.exp(-loss[from + i])));
  }
  return bytesToBase64(bytes);
}

/** The inverse of packAnswers. @throws RangeError when the text is not base64 */
export function readAnswers(text: string): Answers {
  const bytes = bytesFromBase64(text, 'A list of predictions');
  const images = Math.floor(bytes.length / ANSWER_BYTES);
  const predicted = new Uint8Array(images);
  const certainty = new Uint8Array(images);
  // A loop, as in bytesFromBase64.
  for (let i = 0; i < images; i++) {
    predicted[i] = bytes[2 * i];
    certainty[i] = bytes[2 * i + 1];
  }
  return { predicted, certainty };
}

/** The answers to some of the images. @param at [chosen]: their places among the images */
export function answersAt(text: string, at: readonly number[]): string {
  const bytes = bytesFromBase64(text, 'A list of predictions');
  const chosen = new Uint8Array(ANSWER_BYTES * at.length);
  at.forEach((from, to) => {
    chosen.set(bytes.subarray(ANSWER_BYTES * from, ANSWER_BYTES * (from + 1)), ANSWER_BYTES * to);
  });
  return bytesToBase64(chosen);
}

/** True classes of the tested images, as text. @param labels [images], each below 256 */
export const packLabels = (labels: Int32Array): string => bytesToBase64(Uint8Array.from(labels));

/** Places of the images whose predictions are kept, among the test images. */
export const keptPlaces = ({ task, config }: Pick<StudyResult, 'task' | 'config'>): readonly number[] =>
  task.kept ?? Array.from({ length: testedImages({ task, config }) }, (_, i) => i);

/** [tested images]: true classes. Null in results that keep none. */
export const trueClasses = ({ task }: Pick<StudyResult, 'task'>): Uint8Array | null =>
  task.labels === undefined ? null : bytesFromBase64(task.labels, 'The list of classes');
