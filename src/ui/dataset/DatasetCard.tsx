/** The current state of the reader's own images: plan, edits, progress, and what is ready for training. */
import { counted } from '../../core/counted.ts';
import { useEffect } from 'react';
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import study from '../study/study.module.css';
import { ClassList } from './ClassList.tsx';
import css from './dataset.module.css';
import { DatasetHead } from './DatasetHead.tsx';
import { DatasetProgress } from './DatasetProgress.tsx';
import { KeepLine } from './KeepLine.tsx';
import { LabelColumn } from './LabelColumn.tsx';
import { ProblemList } from './ProblemList.tsx';
import { ReadingChoice } from './ReadingChoice.tsx';
import { SplitControls } from './SplitControls.tsx';
import { useGeometry } from './use-open-dataset.ts';

export function DatasetCard() {
  const { dataset: store } = useServices();
  const { phase, limit } = useStore(store);
  const geometry = useGeometry();
  useEffect(() => store.fit(geometry), [store, geometry]);
  if (phase === 'empty')
    return (
      <p className={study.note}>
        No images yet: they are not part of a link or a saved result. Bring them again to run.
      </p>
    );
  return (
    <div className={css.card} role="group" aria-label="Your data set">
      <DatasetHead />
      <DatasetProgress />
      <ReadingChoice />
      {phase === 'planned' && (
        <div className={css.stack}>
          <p className={study.note}>Only names, labels and a few previews have been read so far.</p>
          <Button kind="primary" onPress={() => void store.prepare()}>
            Prepare {counted(limit, 'image')}
          </Button>
        </div>
      )}
      <ProblemList />
      <KeepLine />
      <LabelColumn />
      <SplitControls />
      <ClassList />
    </div>
  );
}
