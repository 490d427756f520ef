/** What is measured of a card, and how the time is shared out. */
import type { PartId } from './report.ts';
import type { Part } from './schedule.ts';

/** In this order: what takes the longest where kernels compile slowly comes last, and gets what the others leave over. */
export const PARTS: readonly Part<PartId>[] = [
  { id: 'start', seconds: 105, least: 10 },
  { id: 'protocol', seconds: 80, least: 10 },
  { id: 'tuning', seconds: 45, least: 5 },
  { id: 'peers', seconds: 60, least: 10 },
  { id: 'study', seconds: 50, least: 10 },
  { id: 'vectors', seconds: 115, least: 10 },
];
