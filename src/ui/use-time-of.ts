import { useEffect } from 'react';
import { useStore } from 'zustand/react';
import { wantSeconds } from '../state/study/want-seconds.ts';
import type { StudyConfig } from '../study/config/config.ts';
import { useServices } from './context.ts';
import { aboutTime } from './format.ts';

/** " · about 14 min", to stand behind a label that runs a study of other settings than the page's; empty where it is not known. @param config null: none is wanted */
export function useTimeOf(config: StudyConfig | null): string {
  const { estimates } = useServices();
  useEffect(() => (config ? wantSeconds(estimates, config) : undefined), [estimates, config]);
  const seconds = useStore(estimates, ({ wanted }) => (config && wanted.get(config)) ?? null);
  return seconds === null ? '' : ` · ${aboutTime(seconds)}`;
}
