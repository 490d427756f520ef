/** For the page, which loads what reads the files only when there is one: most pages find none. */
import { comingCode } from '../../platform/coming-code.ts';
import type { CheckpointFormats } from './checkpoint-store.ts';

export const FORMATS_ON_DEMAND: CheckpointFormats = {
  study: () => comingCode(import('./checkpoint-file.ts')),
  images: () => comingCode(import('../../data/dataset/dropped-file.ts')),
  known: () => comingCode(import('./known-file.ts')),
};
