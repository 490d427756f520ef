/** Reading of the frontier of accuracy and what else an arm is worth. */
import { counted } from '../../core/counted.ts';
import { listed } from '../../core/listed.ts';
import { NOTHING_YET, sentence } from './words.ts';

export interface FrontierReading {
  /** "gain kept with every other layer on" */
  readonly measure: string;
  /** Arms with both measures. */
  readonly arms: number;
  /** Names of those on the frontier, from the most accurate on. */
  readonly onFrontier: readonly string[];
  readonly seeds: number;
  readonly images: number;
}

export function frontierReading({ measure, arms, onFrontier, seeds, images }: FrontierReading): string {
  if (arms === 0) return NOTHING_YET;
  // Names such as "CopRA, sine ramp" would run into one another.
  const names = onFrontier.some((name) => name.includes(',')) ? onFrontier.map((name) => `“${name}”`) : onFrontier;
  return sentence([
    `Of ${counted(arms, 'arm')}, no other is better than ${listed(names)} in both accuracy and ${measure}`,
    `means over ${counted(seeds, 'seed')}, whose differences may be chance; ${counted(images, 'test image')}`,
  ]);
}
