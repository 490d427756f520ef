/** Results of evaluations that versions before `config.evaluated` kept: they look as if their settings trained something. */
import { evaluatedArm } from '../config/evaluation-config.ts';
import type { StudyResult } from './result.ts';

/** Whether nothing was trained: every arm stands for an adapter, whose run has a test and no step. */
const isEvaluation = ({ config, runs }: StudyResult): boolean =>
  config.arms.every(({ id }, i) => id === evaluatedArm(i)) && runs.every(({ steps, test }) => steps === 0 && test);

/** Evaluations are marked as such. What was said of the training of their adapters is not known any more. */
export function asEvaluated(result: StudyResult): StudyResult {
  const { config } = result;
  if (config.evaluated || !isEvaluation(result)) return result;
  return { ...result, config: { ...config, evaluated: { untold: config.arms.map(({ id }) => id), beyond: [] } } };
}
