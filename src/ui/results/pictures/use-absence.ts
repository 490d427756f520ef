import { use } from 'react';
import { holdsResult } from '../../../state/page/url.ts';
import { fitsAnswers } from '../../../study/predictions/answers.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { AwaitedContext } from '../../charts/figure-contexts.ts';
import { useShownSource, useStudy } from '../../context.ts';
import { noPictures } from './picture-words.ts';

/** Why a result without answers to single pictures will have none; null where they are awaited. */
export function useAbsence({ task, provenance }: Pick<StudyResult, 'task' | 'provenance'>): string | null {
  const isAwaited = use(AwaitedContext);
  const source = useShownSource();
  const openedLink = useStudy((state) => state.openedLink);
  // A result that is still being read from a link will have no pictures: no room is kept for them. One that cannot be read is none.
  const isLinked = provenance.date === '' && holdsResult(location.hash) && openedLink !== location.hash;
  const isNeverHeld = !fitsAnswers(task);
  return !isAwaited || isLinked || isNeverHeld ? noPictures(task, isLinked ? 'link' : source) : null;
}
