/** Shows images being imported while the study still has another task, and what was refused. */
import { useStore } from 'zustand/react';
import { useServices, useStudy } from '../context.ts';
import { IconButton } from '../controls/Button.tsx';
import { CloseIcon } from '../controls/icons.tsx';
import css from './dataset.module.css';
import { DatasetProgress } from './DatasetProgress.tsx';
import { DATASET_WORDS } from './messages.ts';
import { Problems } from './ProblemList.tsx';

export function Arrival() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.refused;
  const refused = useStore(store, (state) => state.refused);
  const isShownInCard = useStudy(({ config }) => config.task === 'dropped');
  return (
    <>
      {!isShownInCard && <DatasetProgress />}
      {refused && (
        <div className={css.card} role="group" aria-label={words.label} data-arrival="refused" tabIndex={-1}>
          <div className={css.head}>
            <p className={css.refused}>{words.text(refused.what)}</p>
            <IconButton name={words.close} onPress={() => store.dismiss()}>
              <CloseIcon />
            </IconButton>
          </div>
          <Problems problems={refused.problems} />
        </div>
      )}
    </>
  );
}
