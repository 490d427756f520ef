import type { StudyConfig } from '../../study/config/config.ts';
import type { Estimates, EstimatesStore } from './estimates.ts';

/** Has settings beside the page's estimated. @returns ends that */
export function wantSeconds(estimates: EstimatesStore, config: StudyConfig): () => void {
  const set = (change: (wanted: Map<StudyConfig, number | null>) => void): void =>
    estimates.setState(({ wanted }: Estimates) => {
      const changed = new Map(wanted);
      change(changed);
      return { wanted: changed };
    });
  set((wanted) => wanted.set(config, null));
  return () => set((wanted) => wanted.delete(config));
}
