/** The part of the page's state that lessons see. */
import type { LessonView } from '../../lessons/lesson.ts';
import type { AdaptersState } from '../adapters/adapters-store.ts';
import { shownMap, type MapState } from '../map/map-store.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { StudyState } from '../study/study-store.ts';

export function lessonView(
  { result, source, status, config }: Pick<StudyState, 'result' | 'source' | 'status' | 'config'>,
  { adapters, extras }: Pick<AdaptersState, 'adapters' | 'extras'>,
  maps: Pick<MapState, 'saved' | 'own' | 'source'>,
  saved: StudyResult | null,
): LessonView {
  return {
    result,
    computedHere: source === 'live',
    isSaved: source === 'saved',
    running: status !== 'idle',
    saved,
    config,
    map: shownMap(maps),
    adapters: { runs: adapters.length, merged: extras.filter(({ kind }) => kind === 'merged').length },
  };
}
