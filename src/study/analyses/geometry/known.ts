import type { StudyResult } from '../../result/result.ts';
import { isSameRun, namesOf, type NamedRun } from '../../run/run-names.ts';

/** Whether the distances between all these trained adapters are known. */
export const knowsDistances = ({ geometry }: StudyResult, runs: readonly NamedRun[]): boolean =>
  geometry !== undefined &&
  namesOf(runs).every((run) => geometry.points.some((point) => point.step === null && isSameRun(point, run)));
