/** The counts under a chart: how many images and seeds its numbers rest on, and the sampling error that follows. */
import type { StudyResult } from '../../study/result.ts';
import { integer, plural } from '../format.ts';

/** One standard error of an accuracy near the zero-shot-to-full range, from the number of images alone: √(p(1−p)/n) at p = ½. */
export function imagesMeta(images: number): string {
  if (images < 1) return '';
  return `n = ${integer(images)} images (sampling error ≤ ${(50 / Math.sqrt(images)).toFixed(1)} points)`;
}

export const testImages = (result: StudyResult): number =>
  Math.min(result.config.analyses.testImages ?? Infinity, result.task.test);

export function joinMeta(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(' · ');
}

export const seedsMeta = (count: number): string => (count > 0 ? plural(count, 'seed') : '');
export const pairsMeta = (count: number): string => (count > 0 ? plural(count, 'pair of seeds', 'pairs of seeds') : '');
