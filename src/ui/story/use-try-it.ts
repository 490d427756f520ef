import { useMemo, useState } from 'react';
import { useStore } from 'zustand/react';
import { isUntouched } from '../../state/study/replace-shown.ts';
import { tryItOf } from '../../state/study/estimates.ts';
import { nextTry, SEEDS_ADDED, type NextTry } from '../../state/study/next-try.ts';
import { TRY_IT_SECONDS, TRY_IT_STUDIES, tryItStudy } from '../../study/presets/try-it.ts';
import { useServices, useStudy } from '../context.ts';

export interface TryIt {
  readonly start: () => void;
  /** What it starts. */
  readonly kind: 'first' | NextTry['kind'];
  /** Seconds that it will take. */
  readonly seconds: number;
  /** It was pressed, and the device is being measured. */
  readonly isSizing: boolean;
}

const secondsOfTry = (tries: readonly number[] | null): number =>
  tries ? tries[TRY_IT_STUDIES.indexOf(tryItStudy(tries))] : TRY_IT_SECONDS;

/** The command behind "Try it": a study of about a minute, sized for this device; after it, one that tells more. */
export function useTryIt(): TryIt {
  const { controller, estimates, study } = useServices();
  const tries = useStore(estimates, (state) => state.tries);
  const isIdle = useStudy(({ status }) => status === 'idle');
  const ended = useStudy((state) => (state.source === 'live' && state.status === 'idle' ? state.result : null));
  const next = useMemo(() => ended && nextTry(ended, tries), [ended, tries]);
  const [isSizing, setSizing] = useState(false);
  const begin = async (): Promise<void> => {
    if (next?.kind === 'seeds') return controller.moreSeeds(null, SEEDS_ADDED);
    setSizing(true);
    const before = study.getState();
    await controller.findEngine();
    const config = next?.kind === 'longer' ? next.config : await tryItOf(estimates);
    setSizing(false);
    const now = study.getState();
    // What was opened or set while the device was measured is not taken away.
    if (now.status !== 'idle' || !isUntouched(before, now)) return;
    study.setState({ config, readOnly: false });
    await controller.run(null);
  };
  return {
    start: () => void (isIdle && !isSizing && begin()),
    kind: next?.kind ?? 'first',
    seconds: next && 'seconds' in next ? next.seconds : secondsOfTry(tries),
    isSizing,
  };
}
