/** Selects the value of a sweep that per-arm figures show. */
import { useMemo } from 'react';
import type { StudyResult } from '../../../study/result/result.ts';
import { middleValue, sweepOf, type Sweep, type SweepValue } from '../../../study/config/sweep.ts';
import { resultAt, type Narrow } from '../../../study/result/narrow.ts';
import { useStudy } from '../../context.ts';

export interface SweepView {
  /** Null when the study is not a sweep; `result` is then the whole result. */
  readonly sweep: Sweep | null;
  /** The value shown. */
  readonly value: SweepValue | null;
  readonly result: StudyResult;
}

function viewOf(result: StudyResult, sweep: Sweep | null, chosen: SweepValue | null, narrow: Narrow): SweepView {
  if (!sweep) return { sweep, value: null, result };
  const value = chosen !== null && sweep.values.includes(chosen) ? chosen : middleValue(sweep);
  return { sweep, value, result: resultAt(result, sweep, value, narrow) };
}

/** @param narrow what of the result is narrowed to the arms at the value */
export function useSweepView(result: StudyResult, narrow: Narrow): SweepView {
  const chosen = useStudy((state) => state.sweepValue);
  const { arms } = result.config;
  const sweep = useMemo(() => sweepOf({ arms }), [arms]);
  return useMemo(() => viewOf(result, sweep, chosen, narrow), [sweep, chosen, result, narrow]);
}

/** A result, where there is one, at the value of its sweep that figures show. */
export function useAtValue(whole: StudyResult | null, narrow: Narrow): StudyResult | null {
  const chosen = useStudy((state) => state.sweepValue);
  return useMemo(() => whole && viewOf(whole, sweepOf(whole.config), chosen, narrow).result, [whole, chosen, narrow]);
}
