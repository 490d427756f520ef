/** The seven lessons, in order. */
import type { Lesson } from '../lesson.ts';
import { PICTURE } from './1-picture/lesson.ts';
import { LORA } from './2-lora/lesson.ts';
import { TWO_SEEDS } from './3-two-seeds/lesson.ts';
import { SHAPLEY } from './4-shapley/lesson.ts';
import { PRUNING } from './5-pruning/lesson.ts';
import { MERGING } from './6-merging/lesson.ts';
import { HONEST } from './7-honest/lesson.ts';

export const LESSONS: readonly Lesson[] = [PICTURE, LORA, TWO_SEEDS, SHAPLEY, PRUNING, MERGING, HONEST];

export const lessonOf = (id: string | null): Lesson | null => LESSONS.find((lesson) => lesson.id === id) ?? null;
