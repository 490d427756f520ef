/**
 * The answers of bundled backbones on the test images of bundled tasks without training (`npm run known-answers` writes them). A device that passes its tests
 * but answers differently here computes something wrong.
 */
import { percent } from '../../core/number-format.ts';
import { unpackBits } from '../../platform/bits.ts';
import type { StudyConfig } from '../config/config.ts';
import answers from './known-answers.json';
import { STUDY_NOTICES } from './words.ts';

/** Backbone → task → number of images and which of them are classified correctly, as bits in base64. */
type KnownAnswers = Readonly<
  Record<string, Readonly<Record<string, { readonly images: number; readonly correct: string }>>>
>;

/**
 * Rounding decides between two classes that are equally likely to six digits: none or one of 800 images. A few more are allowed, so that no good device is
 * refused; a wrong one changes dozens.
 */
const allowed = (images: number): number => Math.max(3, Math.floor(0.01 * images));

/** For every image of the test set, whether the backbone alone is right; null if unknown, as with other prompts or images. */
function knownAnswers({ backbone, task, prompts, imageSize }: StudyConfig): Uint8Array | null {
  const known = (answers as KnownAnswers)[backbone]?.[task];
  return known && !prompts && imageSize === undefined
    ? unpackBits(known.correct, known.images, 'The list of known answers')
    : null;
}

/**
 * @param correct whether the backbone alone is right, for the first test images
 * @throws Error naming the device when its answers differ from the known ones.
 */
export function checkKnownAnswers(config: StudyConfig, device: string, correct: Uint8Array): void {
  const known = knownAnswers(config);
  if (!known || known.length < correct.length) return;
  const different = correct.filter((right, i) => right !== known[i]).length;
  if (different <= allowed(correct.length)) return;
  const shareOf = (count: number): string => percent(count / correct.length);
  const [right, expected] = [correct.filter(Boolean).length, known.slice(0, correct.length).filter(Boolean).length];
  throw new Error(STUDY_NOTICES.wrongDevice(device, shareOf(right), different, correct.length, shareOf(expected)));
}
