import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import { kindsOf, type PictureQuery } from '../../../state/pictures/picture-query.ts';
import { picturesStore, questionAbout } from '../../../state/pictures/pictures-store.ts';
import type { Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';

interface AskedOfPictures {
  readonly query: PictureQuery;
  /** The kinds that the pictures can be of. */
  readonly kinds: readonly PictureQuery['kind'][];
}

/** What is asked of the test pictures of a result, as far as it can be asked of them. */
export function usePictureQuery(
  { task, config }: Pick<StudyResult, 'task' | 'config'>,
  pictures: readonly Picture[],
): AskedOfPictures {
  const asked = useStore(picturesStore);
  const kinds = useMemo(() => kindsOf(pictures), [pictures]);
  const query = useMemo(() => {
    const question = questionAbout(asked, { task, config });
    return kinds.includes(question.kind) ? question : { ...question, kind: 'all' as const };
  }, [asked, task, config, kinds]);
  return { query, kinds };
}
