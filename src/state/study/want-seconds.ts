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

/** Seconds of such settings, without those of a study that is there and only added to; null: not known. */
export function secondsBeyond(
  { wanted }: Pick<Estimates, 'wanted'>,
  config: StudyConfig,
  known: StudyConfig | null,
): number | null {
  const whole = wanted.get(config) ?? null;
  const done = known === null ? 0 : (wanted.get(known) ?? null);
  return whole === null || done === null ? null : whole - done;
}
