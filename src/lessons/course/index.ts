/** The seven lessons, in order. */
import type { Lesson } from '../lesson.ts';
import { PICTURE } from './1-picture.ts';
import { LORA } from './2-lora.ts';
import { TWO_SEEDS } from './3-two-seeds.ts';
import { SHAPLEY } from './4-shapley.ts';
import { PRUNING } from './5-pruning.ts';
import { MERGING } from './6-merging.ts';
import { HONEST } from './7-honest.ts';

export const LESSONS: readonly Lesson[] = [PICTURE, LORA, TWO_SEEDS, SHAPLEY, PRUNING, MERGING, HONEST];

export const lessonOf = (id: string | null): Lesson | null => LESSONS.find((lesson) => lesson.id === id) ?? null;
