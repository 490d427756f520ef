/** Shows images being imported while the study still has another task, and what was refused. */
import { useStore } from 'zustand/react';
import { useServices, useStudy } from '../context.ts';
import { IconButton } from '../controls/Button.tsx';
import { CloseIcon } from '../controls/icons.tsx';
import css from './dataset.module.css';
import { DatasetProgress } from './DatasetProgress.tsx';
import { Problems } from './ProblemList.tsx';

export function Arrival() {
  const { dataset: store } = useServices();
  const refused = useStore(store, (state) => state.refused);
  const isShownInCard = useStudy(({ config }) => config.task === 'dropped');
  return (
    <>
      {!isShownInCard && <DatasetProgress />}
      {refused && (
        <div className={css.card} role="group" aria-label="What could not be taken">
          <div className={css.head}>
            <p className={css.refused}>
              {refused.what === '' ? 'What you dropped' : `“${refused.what}”`} was not taken. Everything is as it was.
            </p>
            <IconButton name="Close this message" onPress={() => store.dismiss()}>
              <CloseIcon />
            </IconButton>
          </div>
          <Problems problems={refused.problems} />
        </div>
      )}
    </>
  );
}
