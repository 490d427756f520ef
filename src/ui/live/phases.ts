import type { StudyConfig } from '../../study/config/config.ts';
import { ANALYSIS_IDS, ANALYSIS_SETTINGS } from '../../study/config/settings/analyses.ts';
import type { StudyPhase } from '../../study/result/events.ts';
import type { Progress, StudyState } from '../../state/study/study-store.ts';
import { clock, integer } from '../format.ts';

/** In execution order, with names short enough to fit on one line together. */
const NAMES = new Map<StudyPhase, string>([
  ['prepare', 'Prepare'],
  ['train', 'Train'],
  ['test', 'Test'],
  ...ANALYSIS_IDS.map((id) => {
    const { enabled } = ANALYSIS_SETTINGS[id];
    return [id, enabled.short ?? enabled.label] as const;
  }),
]);

/** The phases of a study: training and the enabled analyses. */
export const phasesOf = ({ analyses }: StudyConfig): { readonly id: StudyPhase; readonly name: string }[] =>
  [...NAMES]
    .filter(([id]) => id === 'prepare' || id === 'train' || id === 'test' || (analyses[id]?.enabled ?? false))
    .map(([id, name]) => ({ id, name }));

/** "step 840 of 2,000" while training, "40 %" of a phase otherwise. */
export function phaseText({ phase, done, total }: Progress): string {
  if (phase === 'train') return `step ${integer(done)} of ${integer(total)}`;
  return `${Math.round((100 * done) / Math.max(total, 1e-9))} %`;
}

type Ended = Pick<StudyState, 'progress' | 'result'>;

/** How a study ended: "done", "stopped at step 840 of 2,000". */
export function endText({ progress, result }: Ended): string {
  if (result?.status === 'complete') return 'done';
  return progress ? `stopped at ${phaseText(progress)}` : 'stopped';
}

/** The status for screen readers; empty before a study has begun. */
export function spokenSentence({ status, progress, result }: Ended & Pick<StudyState, 'status'>): string {
  if (!progress) return '';
  if (status === 'idle') return result?.status === 'complete' ? 'The study is done.' : 'The study was stopped.';
  return status === 'paused' ? 'Paused.' : progressSentence(progress);
}

function progressSentence(progress: Progress): string {
  const name = NAMES.get(progress.phase);
  const left = progress.remainingSeconds === null ? '' : `, about ${clock(progress.remainingSeconds)} left`;
  return `${name}: ${phaseText(progress)}${left}.`;
}
