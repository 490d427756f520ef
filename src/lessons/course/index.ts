/** The six lessons, in order. */
import type { Lesson } from '../lesson.ts';
import { LORA } from './1-lora.ts';
import { TWO_SEEDS } from './2-two-seeds.ts';
import { SHAPLEY } from './3-shapley.ts';
import { PRUNING } from './4-pruning.ts';
import { MERGING } from './5-merging.ts';
import { HONEST } from './6-honest.ts';

export const LESSONS: readonly Lesson[] = [LORA, TWO_SEEDS, SHAPLEY, PRUNING, MERGING, HONEST];

export const lessonOf = (id: string | null): Lesson | null => LESSONS.find((lesson) => lesson.id === id) ?? null;
