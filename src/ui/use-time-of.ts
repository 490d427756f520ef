import { useEffect } from 'react';
import { useStore } from 'zustand/react';
import { secondsBeyond, wantSeconds } from '../state/study/want-seconds.ts';
import type { StudyConfig } from '../study/config/config.ts';
import { useServices } from './context.ts';
import { aboutTime } from './format.ts';

/**
 * Seconds of a study of other settings than the page's; null where they are not known.
 * @param config null: none is wanted
 * @param known settings of a study that is there and is only added to
 */
export function useSecondsOf(config: StudyConfig | null, known: StudyConfig | null = null): number | null {
  const { estimates } = useServices();
  useEffect(() => {
    const ends = [config, known].map((one) => one && wantSeconds(estimates, one));
    return () => ends.forEach((end) => end?.());
  }, [estimates, config, known]);
  return useStore(estimates, (state) => config && secondsBeyond(state, config, known));
}

/** " · about 14 min", to stand behind a label that runs it; empty where it is not known. */
export function useTimeOf(...study: Parameters<typeof useSecondsOf>): string {
  const seconds = useSecondsOf(...study);
  return seconds === null ? '' : ` · ${aboutTime(seconds)}`;
}
