/** The counts under a chart: how many images and seeds its numbers rest on. */
import { counted } from '../../core/counted.ts';

export { testedImages } from '../../study/result/tested-images.ts';

export const imagesMeta = (images: number): string => (images > 0 ? counted(images, 'image') : '');

export function joinMeta(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(' · ');
}

export const seedsMeta = (count: number): string => (count > 0 ? counted(count, 'seed') : '');
export const pairsMeta = (count: number): string =>
  count > 0 ? counted(count, 'pair of seeds', 'pairs of seeds') : '';
