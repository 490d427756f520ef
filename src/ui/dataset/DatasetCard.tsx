/** The current state of the reader's own images: plan, edits, progress, and what is ready for training. */
import { useEffect } from 'react';
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import study from '../study/study.module.css';
import { ClassList } from './ClassList.tsx';
import css from './dataset.module.css';
import { DatasetHead } from './DatasetHead.tsx';
import { DatasetProgress } from './DatasetProgress.tsx';
import { DomainFields } from './DomainFields.tsx';
import { KeepLine } from './KeepLine.tsx';
import { LabelColumn } from './LabelColumn.tsx';
import { DATASET_WORDS } from './messages.ts';
import { NoImages } from './NoImages.tsx';
import { ProblemList } from './ProblemList.tsx';
import { ReadingChoice } from './ReadingChoice.tsx';
import { SplitControls } from './SplitControls.tsx';
import { useGeometry } from './use-open-dataset.ts';

export function DatasetCard() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.card;
  const { phase, limit } = useStore(store);
  const geometry = useGeometry();
  useEffect(() => store.fit(geometry), [store, geometry]);
  if (phase === 'empty') return <NoImages />;
  return (
    <div className={css.card} role="group" aria-label={words.label}>
      <DatasetHead />
      <DatasetProgress />
      <ReadingChoice />
      {phase === 'planned' && (
        <div className={css.stack}>
          <p className={study.note}>{words.readSoFar}</p>
          <Button kind="primary" onPress={() => void store.prepare()}>
            {words.prepare(limit)}
          </Button>
        </div>
      )}
      <ProblemList />
      <KeepLine />
      <LabelColumn />
      <ClassList />
      <SplitControls />
      <DomainFields />
    </div>
  );
}
