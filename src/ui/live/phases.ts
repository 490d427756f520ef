import type { StudyConfig } from '../../study/config/config.ts';
import { ANALYSIS_IDS, ANALYSIS_SETTINGS } from '../../study/config/settings/analyses.ts';
import type { StudyPhase } from '../../study/result/events.ts';
import type { Progress } from '../../state/study/shown.ts';
import type { StudyState } from '../../state/study/study-store.ts';
import { clock } from '../format.ts';
import { LIVE_WORDS } from './messages.ts';

/** In execution order, with names short enough to fit on one line together. */
const namedPhases = (): { readonly id: StudyPhase; readonly name: string }[] => [
  { id: 'prepare', name: LIVE_WORDS.prepare },
  { id: 'train', name: LIVE_WORDS.train },
  { id: 'test', name: LIVE_WORDS.test },
  ...ANALYSIS_IDS.map((id) => {
    const { enabled } = ANALYSIS_SETTINGS[id];
    return { id, name: enabled.short ?? enabled.label };
  }),
];

/** The phases of a study: training and the enabled analyses. */
export const phasesOf = ({ analyses }: StudyConfig): { readonly id: StudyPhase; readonly name: string }[] =>
  namedPhases().filter(
    ({ id }) => id === 'prepare' || id === 'train' || id === 'test' || (analyses[id]?.enabled ?? false),
  );

/** "step 840 of 2,000" while training, "40 %" of a phase otherwise. */
export function phaseText({ phase, done, total }: Progress): string {
  if (phase === 'train') return LIVE_WORDS.stepOf(done, total);
  return `${Math.round((100 * done) / Math.max(total, 1e-9))} %`;
}

type Ended = Pick<StudyState, 'progress' | 'result'>;

/** How a study ended: "done", "stopped at step 840 of 2,000". */
export function endText({ progress, result }: Ended): string {
  if (result?.status === 'complete') return LIVE_WORDS.done;
  return progress ? LIVE_WORDS.stoppedAt(phaseText(progress)) : LIVE_WORDS.stopped;
}

/** The status for screen readers; empty before a study has begun. */
export function spokenSentence({ status, progress, result }: Ended & Pick<StudyState, 'status'>): string {
  if (!progress) return '';
  if (status === 'idle') return result?.status === 'complete' ? LIVE_WORDS.studyDone : LIVE_WORDS.studyStopped;
  return status === 'paused' ? LIVE_WORDS.paused : progressSentence(progress);
}

function progressSentence(progress: Progress): string {
  const name = namedPhases().find(({ id }) => id === progress.phase)?.name ?? progress.phase;
  const left = progress.remainingSeconds === null ? null : clock(progress.remainingSeconds);
  return LIVE_WORDS.progressSentence(name, phaseText(progress), left);
}
