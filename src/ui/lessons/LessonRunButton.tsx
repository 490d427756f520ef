import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import { percent } from '../../core/number-format.ts';
import type { LessonRun } from '../../lessons/lesson.ts';
import { isConfigOf, runConfig } from '../../lessons/run-settings.ts';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { studyOnPage, type AdaptersState } from '../../state/adapters/adapters-store.ts';
import { mayRun, takeSettings } from '../../state/lessons/lessons-store.ts';
import { DEFAULT_SAVED, savedPresetOf } from '../../state/page/saved-results.ts';
import { runInPlace } from '../../state/study/replace-shown.ts';
import { isComputedHere } from '../../state/study/shown.ts';
import type { StudyState } from '../../state/study/study-store.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { PlayIcon } from '../controls/icons.tsx';
import { useTimeOf } from '../use-time-of.ts';
import css from './lessons.module.css';
import { useLessons } from './use-lessons.ts';

/** What a step with a run says of the study under way; empty while none is. */
export const saidOfRun = (isPaused: boolean, isOwn: boolean): string => {
  if (isPaused) return isOwn ? LESSON_WORDS.pausedOwn : LESSON_WORDS.pausedOther;
  return isOwn ? LESSON_WORDS.running : LESSON_WORDS.busy;
};

/** The study on the page in whose place a run comes; nothing: an empty page, a study under way, or the same run, which gives the same again. */
export function replacedBy(
  run: LessonRun | undefined,
  state: Pick<StudyState, 'result' | 'source' | 'status'>,
  held: Pick<AdaptersState, 'shelved'>,
): keyof typeof LESSON_WORDS.runReplaces | 'nothing' {
  const { result, source } = studyOnPage(state, held);
  if (!run || !result || state.status !== 'idle') return 'nothing';
  if (isComputedHere(source)) return isConfigOf(run, result.config) ? 'nothing' : 'own';
  if (source !== 'saved') return 'other';
  return savedPresetOf(result.config) === DEFAULT_SAVED ? 'saved' : 'savedOfPreset';
}

/** A lesson's small study with its own settings. */
export function useLessonRun(run: LessonRun | undefined) {
  const services = useServices();
  const { lessons, study, adapters, controller } = services;
  const underWay = useStudy((state) => state.underWay);
  /** Whether the study under way is that of the step. */
  const isOwn = useMemo(() => run !== undefined && underWay !== null && isConfigOf(run, underWay), [run, underWay]);
  const runs = useLessons(mayRun);
  const shelved = useStore(adapters, (state) => state.shelved);
  const [result, source, status] = [
    useStudy((state) => state.result),
    useStudy((state) => state.source),
    useStudy((state) => state.status),
  ];
  const replaced = useMemo(
    () => replacedBy(run, { result, source, status }, { shelved }),
    [run, result, source, status, shelved],
  );
  /** Starts it, or goes on with it where it is paused. */
  const start = (): void => {
    const { status } = study.getState();
    if (run && isOwn && status === 'paused') void controller.resume();
    if (!run || !runs || status !== 'idle') return;
    takeSettings(lessons, study, runConfig(run));
    const begin = () => controller.run(null);
    void (replaced === 'own' ? runInPlace(services, begin) : begin());
  };
  return { start, isOwn, mayRun: runs, replaced };
}

export function LessonRunButton({ run }: { run: LessonRun }) {
  const { controller } = useServices();
  const time = useTimeOf(useMemo(() => runConfig(run), [run]));
  const { start, isOwn, mayRun: runs, replaced } = useLessonRun(run);
  const status = useStudy((state) => state.status);
  const share = useStudy(({ progress }) => (progress && progress.total > 0 ? progress.done / progress.total : 0));
  const [busy, isPaused] = [status !== 'idle', status === 'paused'];
  return (
    <div className={css.run}>
      <Button kind="primary" isPending={busy && !isPaused} isDisabled={isPaused || !runs} onPress={start}>
        <PlayIcon />
        {run.label()}
        {time}
      </Button>
      {runs && replaced !== 'nothing' && <p className={css.hint}>{LESSON_WORDS.runReplaces[replaced]}</p>}
      {!runs && <p className={css.hint}>{LESSON_WORDS.stepRefused}</p>}
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
