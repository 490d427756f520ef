/** Which problem belongs to which task, whoever computes it. */
import type { Work } from './contender.ts';
import {
  emojiStep,
  landscapeProblem,
  shapleyProblem,
  vitStep,
  type EvaluationProblem,
  type StepProblem,
} from './problem.ts';
import { isProduct, PRODUCT_SHAPES, type ProductShape, type TaskId } from './tasks.ts';

/** How a contender does each kind of work. */
interface Kinds {
  readonly product: (shape: ProductShape) => Work;
  readonly copy: () => Work;
  readonly calls: () => Work;
  readonly step: (problem: StepProblem) => Work;
  readonly evaluation: (problem: EvaluationProblem, task: TaskId) => Work;
}

/** @returns the work of the task, which the contender does by one of its kinds */
export function setUp(task: TaskId, { product, copy, calls, step, evaluation }: Kinds): Work {
  if (isProduct(task)) return product(PRODUCT_SHAPES[task]);
  switch (task) {
    case 'copy':
      return copy();
    case 'call':
      return calls();
    case 'step-1':
      return step(emojiStep(1));
    case 'step-4':
      return step(emojiStep(4));
    case 'landscape':
      return evaluation(landscapeProblem(), task);
    case 'shapley':
      return evaluation(shapleyProblem(), task);
    case 'vit-step':
      return step(vitStep());
  }
}
