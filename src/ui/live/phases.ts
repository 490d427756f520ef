import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyPhase } from '../../study/result/events.ts';
import type { Progress, StudyState } from '../../state/study/study-store.ts';
import { clock, integer } from '../format.ts';

const PHASES: readonly { readonly id: StudyPhase; readonly name: string }[] = [
  { id: 'prepare', name: 'Prepare' },
  { id: 'train', name: 'Train' },
  { id: 'test', name: 'Test' },
  { id: 'landscape', name: 'Landscape' },
  { id: 'plane', name: 'Plane' },
  { id: 'geometry', name: 'Distances' },
  { id: 'shapley', name: 'Shapley' },
  { id: 'pruning', name: 'Pruning' },
  { id: 'merging', name: 'Merging' },
  { id: 'federated', name: 'Federated' },
  { id: 'multitask', name: 'Many tasks' },
];

/** What a study goes through: training, and the analyses that are on. */
export function phasesOf({ analyses }: StudyConfig): typeof PHASES {
  return PHASES.filter(
    ({ id }) => id === 'prepare' || id === 'train' || id === 'test' || (analyses[id]?.enabled ?? false),
  );
}

/** "step 840 of 2,000" while training, "40 %" of a phase otherwise. */
export function phaseText({ phase, done, total }: Progress): string {
  if (phase === 'train') return `step ${integer(done)} of ${integer(total)}`;
  return `${Math.round((100 * done) / Math.max(total, 1e-9))} %`;
}

type Ended = Pick<StudyState, 'progress' | 'result'>;

/** How a study ended, once it did: "done", "stopped at step 840 of 2,000". */
export function endText({ progress, result }: Ended): string {
  if (result?.status === 'complete') return 'done';
  return progress ? `stopped at ${phaseText(progress)}` : 'stopped';
}

/** What is told of a study to those who do not see the bar; empty where none has begun. */
export function spokenSentence({ status, progress, result }: Ended & Pick<StudyState, 'status'>): string {
  if (!progress) return '';
  if (status === 'idle') return result?.status === 'complete' ? 'The study is done.' : 'The study was stopped.';
  return status === 'paused' ? 'Paused.' : progressSentence(progress);
}

function progressSentence(progress: Progress): string {
  const name = PHASES.find(({ id }) => id === progress.phase)?.name ?? progress.phase;
  const left = progress.remainingSeconds === null ? '' : `, about ${clock(progress.remainingSeconds)} left`;
  return `${name}: ${phaseText(progress)}${left}.`;
}
