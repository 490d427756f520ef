/** What adapters are tested on. Pure. */
import { sameContent } from '../../core/same-content.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { imageChanges, isOtherSize, type StudyImages } from '../study/images-diff.ts';

/** What a test accuracy depends on, beside the adapter. */
export interface TestedOn extends Pick<StudyConfig, 'task' | 'imageSize' | 'prompts'> {
  readonly testImages: number | null;
  /** The reader's own images; null: those of the task. */
  readonly images: StudyImages | null;
}

/** @param images the reader's own, of a study with this configuration */
export const testedOn = (
  { task, imageSize, prompts, analyses: { testImages } }: StudyConfig,
  images: StudyImages | null,
): TestedOn => ({ task, imageSize, prompts, testImages, images });

/** All own images are one task. At another size they are another test. Images that are not known count as the same. */
export function isTestedAlike(one: TestedOn, other: TestedOn): boolean {
  const settings = ({ task, imageSize, prompts, testImages }: TestedOn) => ({ task, imageSize, prompts, testImages });
  if (!sameContent(settings(one), settings(other))) return false;
  const [own, others] = [one.images, other.images];
  return one.task !== 'dropped' || (!isOtherSize(own, others) && imageChanges(own, others, false).length === 0);
}
