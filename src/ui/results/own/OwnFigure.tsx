import { Suspense } from 'react';
import type { StudyResult } from '../../../study/result/result.ts';
import { lazily } from '../../lazily.tsx';
import css from './frame.module.css';

/** Camera, clipboard and sliders: loaded after first paint. */
const OwnPanel = lazily(async () => (await import('./OwnPanel.tsx')).OwnPanel);

/** Its room is kept while it loads. */
export function OwnFigure({ result }: { result: StudyResult }) {
  return (
    <div className={css.frame}>
      <Suspense>
        <OwnPanel result={result} />
      </Suspense>
    </div>
  );
}
