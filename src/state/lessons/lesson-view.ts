/** The part of the page's state that lessons see. */
import type { LessonView } from '../../lessons/lesson.ts';
import type { AdaptersState } from '../adapters/adapters-store.ts';
import type { StudyState } from '../study/study-store.ts';

export function lessonView(
  { result, source, status, config }: Pick<StudyState, 'result' | 'source' | 'status' | 'config'>,
  { adapters, extras }: Pick<AdaptersState, 'adapters' | 'extras'>,
): LessonView {
  return {
    result,
    computedHere: source === 'live',
    running: status !== 'idle',
    config,
    adapters: { runs: adapters.length, merged: extras.filter(({ kind }) => kind === 'merged').length },
  };
}
