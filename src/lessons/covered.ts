import type { Lesson } from './lesson.ts';
import type { PartName } from './parts.ts';

/**
 * Parts that stay covered as long as a step is shown: they tell what its lesson asks next. The step's own part does not, and those that its text asks the
 * reader to use do not.
 */
export function coveredAt({ steps }: Lesson, index: number): readonly PartName[] {
  const { part, needs = [] } = steps[index];
  const next = steps.slice(index + 1).find(({ prediction }) => prediction !== undefined);
  return next?.prediction?.conceal.filter((name) => name !== part && !needs.includes(name)) ?? [];
}
