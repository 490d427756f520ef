/** The place of the pictures of a running study: there from the press that begins it, so that nothing moves later, and until another result is shown. */
import { Suspense, type ReactNode } from 'react';
import { followedArms } from '../../../state/summary/findings.ts';
import { useStudy } from '../../context.ts';
import { lazily } from '../../lazily.tsx';
import css from './strip.module.css';

/** Loaded when a study begins. */
const RunPictures = lazily(async () => (await import('./RunPictures.tsx')).RunPictures);

/** CSS pixels: caption and pictures, and a row. */
const HEAD = 78;
const ROW = 20;

/** Of the backbone and of two arms, which most studies have. */
const USUAL_ROWS = 3;

interface RunStripProps {
  /** A study has been asked for that has not begun. */
  readonly isAwaited?: boolean;
  /** What stands in its place until a study has something to show. */
  readonly children?: ReactNode;
}

export function RunStrip({ isAwaited = false, children = null }: RunStripProps) {
  // Stopped before it had anything to show, it keeps its place where nothing else would take it.
  const isTraining = useStudy(({ status, trains }) => trains && (status !== 'idle' || children === null));
  const hasBegun = useStudy(({ status, source }) => status !== 'starting' && source === 'live');
  const hasEnded = useStudy(({ status }) => status === 'idle');
  const glimpse = useStudy((state) => state.glimpse);
  const rows = useStudy(
    ({ result: own, underWay, config }) => 1 + followedArms(own?.config ?? underWay ?? config).length,
  );
  const result = useStudy((state) => state.result);
  const isRun = isTraining || glimpse !== null || isAwaited;
  if (!isRun && !children) return null;
  return (
    <div
      className={css.room}
      data-idle={!isRun || undefined}
      style={{ minHeight: HEAD + (isRun ? rows : USUAL_ROWS) * ROW }}
    >
      <Suspense fallback={children}>
        {isRun && hasBegun && result ? (
          <RunPictures {...{ result, glimpse, hasEnded, meanwhile: children }} />
        ) : (
          children
        )}
      </Suspense>
    </div>
  );
}
