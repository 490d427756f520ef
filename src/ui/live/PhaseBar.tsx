import { ProgressBar } from 'react-aria-components';
import type { StudyProgress } from '../../state/study/shown.ts';
import css from './live.module.css';
import { LIVE_WORDS } from './messages.ts';

/** How far the phase of a study is, as a thin bar. */
export function PhaseBar({ progress }: { progress: StudyProgress | null }) {
  const percent = progress ? 100 * Math.min(1, progress.done / Math.max(progress.total, 1e-9)) : 0;
  return (
    <ProgressBar aria-label={LIVE_WORDS.progress} value={percent} className={css.bar}>
      <span className={css.barFill} style={{ width: `${percent}%` }} />
    </ProgressBar>
  );
}
