import { useEffect } from 'react';
import { useStore } from 'zustand/react';
import { secondsBeyond, wantSeconds } from '../state/study/want-seconds.ts';
import type { StudyConfig } from '../study/config/config.ts';
import { useServices } from './context.ts';
import { aboutTime } from './format.ts';

/**
 * " · about 14 min", to stand behind a label that runs a study of other settings than the page's; empty where it is not known.
 * @param config null: none is wanted
 * @param known settings of a study that is there and is only added to
 */
export function useTimeOf(config: StudyConfig | null, known: StudyConfig | null = null): string {
  const { estimates } = useServices();
  useEffect(() => {
    const ends = [config, known].map((one) => one && wantSeconds(estimates, one));
    return () => ends.forEach((end) => end?.());
  }, [estimates, config, known]);
  const seconds = useStore(estimates, (state) => config && secondsBeyond(state, config, known));
  return seconds === null ? '' : ` · ${aboutTime(seconds)}`;
}
