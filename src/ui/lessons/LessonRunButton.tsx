import { useMemo } from 'react';
import { percent } from '../../core/number-format.ts';
import type { LessonRun } from '../../lessons/lesson.ts';
import { isConfigOf, runConfig } from '../../lessons/run-settings.ts';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { mayRun, takeSettings } from '../../state/lessons/lessons-store.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { PlayIcon } from '../controls/icons.tsx';
import css from './lessons.module.css';
import { useLessons } from './use-lessons.ts';

/** What a step with a run says of the study under way; empty while none is. */
export const saidOfRun = (isPaused: boolean, isOwn: boolean): string => {
  if (isPaused) return isOwn ? LESSON_WORDS.pausedOwn : LESSON_WORDS.pausedOther;
  return isOwn ? LESSON_WORDS.running : LESSON_WORDS.busy;
};

/** A lesson's small study with its own settings. */
export function useLessonRun(run: LessonRun | undefined) {
  const { lessons, study, controller } = useServices();
  const underWay = useStudy((state) => state.underWay);
  /** Whether the study under way is that of the step. */
  const isOwn = useMemo(() => run !== undefined && underWay !== null && isConfigOf(run, underWay), [run, underWay]);
  const runs = useLessons(mayRun);
  /** Starts it, or goes on with it where it is paused. */
  const start = (): void => {
    const { status } = study.getState();
    if (run && isOwn && status === 'paused') void controller.resume();
    if (!run || !runs || status !== 'idle') return;
    takeSettings(lessons, study, runConfig(run));
    void controller.run(null);
  };
  return { start, isOwn, mayRun: runs };
}

export function LessonRunButton({ run }: { run: LessonRun }) {
  const { controller } = useServices();
  const { start, isOwn, mayRun: runs } = useLessonRun(run);
  const status = useStudy((state) => state.status);
  const share = useStudy(({ progress }) => (progress && progress.total > 0 ? progress.done / progress.total : 0));
  const [busy, isPaused] = [status !== 'idle', status === 'paused'];
  return (
    <div className={css.run}>
      <Button kind="primary" isPending={busy && !isPaused} isDisabled={isPaused || !runs} onPress={start}>
        <PlayIcon />
        {run.label()}
      </Button>
      {!runs && <p className={css.hint}>{LESSON_WORDS.runRefused}</p>}
      {busy && (
        <p className={css.hint}>
          {saidOfRun(isPaused, isOwn)} {isOwn && <span>{percent(share, 0)}</span>}
        </p>
      )}
      {isPaused && (
        <div className={css.runButtons}>
          <Button onPress={() => void controller.resume()}>{LESSON_WORDS.goOnWithStudy}</Button>
          <Button onPress={() => void controller.stop()}>{LESSON_WORDS.stopStudy}</Button>
        </div>
      )}
    </div>
  );
}
