/** The counts under a chart: how many images and seeds its numbers rest on. */
import { RESULT_WORDS } from './messages.ts';

export { testedImages } from '../../study/result/tested-images.ts';

export const imagesMeta = (images: number): string => (images > 0 ? RESULT_WORDS.images(images) : '');

export function joinMeta(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(' · ');
}

export const seedsMeta = (count: number): string => (count > 0 ? RESULT_WORDS.seeds(count) : '');
export const pairsMeta = (count: number): string => (count > 0 ? RESULT_WORDS.pairs(count) : '');
