import { ProgressBar } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { Bar } from '../controls/Bar.tsx';
import { Button } from '../controls/Button.tsx';
import { bytes, integer } from '../format.ts';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';

/** Progress of listing or decoding, with a cancel button. */
export function DatasetProgress() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.progress;
  const { phase, progress } = useStore(store);
  if (phase !== 'listing' && phase !== 'preparing') return null;
  const { done, total, waiting } = progress ?? { done: 0, total: 0, waiting: null };
  const write = phase === 'listing' ? bytes : integer;
  const what = phase === 'listing' ? words.loading : words.decoding;
  const known = total > 0 ? words.amount(write(done), write(total)) : done > 0 ? write(done) : '';
  return (
    <div className={css.progress}>
      <ProgressBar aria-label={what} value={done} maxValue={Math.max(1, total)} isIndeterminate={total === 0}>
        {({ percentage }) => <Bar share={(percentage ?? 0) / 100} />}
      </ProgressBar>
      <span className={css.progressText}>
        {waiting !== null
          ? waiting
          : known !== ''
            ? words.of(what, known)
            : phase === 'listing'
              ? words.looking
              : words.starting}
      </span>
      <Button onPress={() => store.cancel()}>{words.cancel}</Button>
    </div>
  );
}
