import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand/react';
import type { TestPictures } from '../../../state/pictures/request.ts';
import {
  bundledPictures,
  ownPictures,
  picturesAtHand,
  storedPictures,
} from '../../../state/pictures/drawn-pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { useServices, useStudy } from '../../context.ts';

/**
 * The test images of a result; null while they are drawn, and where they are not at hand.
 * @param isWanted false: none is needed yet. To draw them, megabytes of artwork are fetched and unpacked.
 */
export function useTestPictures(
  { config, task }: Pick<StudyResult, 'config' | 'task'>,
  isWanted: boolean,
): TestPictures | null {
  const { dataset } = useServices();
  const dropped = useStore(dataset, (state) => state.dataset);
  const kept = useStudy((state) => state.testSets);
  const own = useMemo(
    () => (config.task === 'dropped' ? (ownPictures({ task }, dropped, kept) ?? storedPictures({ task })) : null),
    [config, task, dropped, kept],
  );
  const [drawn, setDrawn] = useState<{ readonly task: string; readonly pictures: TestPictures } | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let current = true;
    bundledPictures({ config, task }, document.baseURI)
      ?.then((pictures) => {
        if (current) setDrawn({ task: config.task, pictures });
      })
      .catch((error: unknown) => console.warn('No test pictures.', error));
    return () => {
      current = false;
    };
  }, [config, task, isWanted]);
  const atHand = useMemo(
    () => (isWanted && config.task !== 'dropped' ? picturesAtHand({ config, task }, document.baseURI) : null),
    [config, task, isWanted],
  );
  if (config.task === 'dropped') return own;
  // Those of the task before stay until these are drawn, and for ever if they cannot be.
  return drawn?.task === config.task ? drawn.pictures : atHand;
}
