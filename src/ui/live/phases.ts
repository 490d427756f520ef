import type { StudyConfig } from '../../study/config/config.ts';
import { ANALYSIS_IDS } from '../../study/config/settings/analyses.ts';
import type { StudyPhase } from '../../study/result/events.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { phaseName } from '../../state/page/phase-name.ts';
import type { StudyProgress } from '../../state/study/shown.ts';
import type { StudyState } from '../../state/study/study-store.ts';
import { clock } from '../format.ts';
import { LIVE_WORDS } from './messages.ts';

/** The phases of a study in execution order: training and the enabled analyses. */
export function phasesOf({ analyses }: StudyConfig): { readonly id: StudyPhase; readonly name: string }[] {
  const enabled = ANALYSIS_IDS.filter((id) => analyses[id]?.enabled);
  return (['prepare', 'train', 'test', ...enabled] as const).map((id) => ({ id, name: phaseName(id) }));
}

/** "step 840 of 2,000" while training, "40 %" of a phase otherwise. */
export function phaseText({ phase, done, total }: StudyProgress): string {
  if (phase === 'train') return LIVE_WORDS.stepOf(done, total);
  return `${Math.round((100 * done) / Math.max(total, 1e-9))} %`;
}

type Ended = Pick<StudyState, 'progress' | 'result'>;

/** How a study ended: "done", "stopped at step 840 of 2,000". */
export function endText({ progress, result }: Ended): string {
  if (result?.status === 'complete') return LIVE_WORDS.done;
  return progress ? LIVE_WORDS.stoppedAt(phaseText(progress)) : LIVE_WORDS.stopped;
}

/** The last step of a result that is not whole; null where all its runs are trained. */
export function reachedStep({ runs, config }: Pick<StudyResult, 'runs' | 'config'>): number | null {
  const step = Math.max(0, ...runs.map(({ steps }) => steps));
  return step >= config.training.steps || runs.some(({ test }) => test) ? null : step;
}

/** Where a result ends that is not whole: "stopped at step 840 of 2,000". */
export function stoppedText(result: Pick<StudyResult, 'runs' | 'config'>): string {
  const step = reachedStep(result);
  return step === null
    ? LIVE_WORDS.stoppedInAnalyses
    : LIVE_WORDS.stoppedAt(LIVE_WORDS.stepOf(step, result.config.training.steps));
}

/** The status for screen readers; empty before a study has begun. */
export function spokenSentence({ status, progress, result }: Ended & Pick<StudyState, 'status'>): string {
  if (!progress) return '';
  if (status === 'idle') return result?.status === 'complete' ? LIVE_WORDS.studyDone : LIVE_WORDS.studyStopped;
  return status === 'paused' ? LIVE_WORDS.paused : progressSentence(progress);
}

function progressSentence(progress: StudyProgress): string {
  const left = progress.remainingSeconds === null ? null : clock(progress.remainingSeconds);
  return LIVE_WORDS.progressSentence(phaseName(progress.phase), phaseText(progress), left);
}
