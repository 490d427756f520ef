import { percent } from '../../core/number-format.ts';
import type { LessonRun } from '../../lessons/lesson.ts';
import { runConfig } from '../../lessons/run-settings.ts';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { takeSettings } from '../../state/lessons/lessons-store.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { PlayIcon } from '../controls/icons.tsx';
import css from './lessons.module.css';

/** Starts a lesson's small study with its own settings. */
export function useLessonRun(run: LessonRun | undefined): () => void {
  const { lessons, study, controller } = useServices();
  return () => {
    if (!run || study.getState().status !== 'idle') return;
    takeSettings(lessons, study, runConfig(run));
    void controller.run(null);
  };
}

export function LessonRunButton({ run }: { run: LessonRun }) {
  const start = useLessonRun(run);
  const busy = useStudy((state) => state.status !== 'idle');
  const own = useStudy((state) => JSON.stringify(state.underWay) === JSON.stringify(runConfig(run)));
  const share = useStudy(({ progress }) => (progress && progress.total > 0 ? progress.done / progress.total : 0));
  return (
    <div className={css.run}>
      <Button kind="primary" isPending={busy} onPress={start}>
        <PlayIcon />
        {run.label()}
      </Button>
      {busy && (
        <p className={css.hint}>
          {own ? LESSON_WORDS.running : LESSON_WORDS.busy} {own && <span>{percent(share, 0)}</span>}
        </p>
      )}
    </div>
  );
}
