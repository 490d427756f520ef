/** The place of the pictures of a running study: there from the press that begins it, so that nothing moves later, and until another result is shown. */
import { Suspense } from 'react';
import { followedArms } from '../../../state/summary/findings.ts';
import { useStudy } from '../../context.ts';
import { lazily } from '../../lazily.tsx';
import css from './strip.module.css';

/** Loaded when a study begins. */
const RunPictures = lazily(async () => (await import('./RunPictures.tsx')).RunPictures);

/** CSS pixels: caption and pictures, and a row. */
const HEAD = 60;
const ROW = 20;

/** @param isAwaited a study has been asked for that has not begun */
export function RunStrip({ isAwaited = false }: { readonly isAwaited?: boolean }) {
  const isTraining = useStudy(({ status, trains }) => status !== 'idle' && trains);
  const hasBegun = useStudy(({ status, source }) => status !== 'starting' && source === 'live');
  const glimpse = useStudy((state) => state.glimpse);
  const rows = useStudy(
    ({ result: own, underWay, config }) => 1 + followedArms(own?.config ?? underWay ?? config).length,
  );
  const result = useStudy((state) => state.result);
  if (!isTraining && !glimpse && !isAwaited) return null;
  return (
    <div className={css.room} style={{ minHeight: HEAD + rows * ROW }}>
      <Suspense>{hasBegun && result && <RunPictures {...{ result, glimpse }} />}</Suspense>
    </div>
  );
}
