import { ProgressBar } from 'react-aria-components';
import type { LoadingProgress } from '../../state/dataset/dataset-state.ts';
import { Bar } from '../controls/Bar.tsx';
import { Button } from '../controls/Button.tsx';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';

interface LoadingLineProps {
  /** What is going on, in a word before the amount. */
  readonly what: string;
  readonly progress: LoadingProgress | null;
  /** Writes an amount, with its unit. */
  readonly write: (amount: number) => string;
  /** Said while no amount is known. */
  readonly idle: string;
  readonly onCancel: () => void;
}

/** How far reading or decoding has come, or why it waits, with a cancel button. */
export function LoadingLine({ what, progress, write, idle, onCancel }: LoadingLineProps) {
  const words = DATASET_WORDS.progress;
  const { done, total, waiting } = progress ?? { done: 0, total: 0, waiting: null };
  const known = total > 0 ? words.amount(write(done), write(total)) : done > 0 ? write(done) : '';
  return (
    <div className={css.progress}>
      <ProgressBar aria-label={what} value={done} maxValue={Math.max(1, total)} isIndeterminate={total === 0}>
        {({ percentage }) => <Bar share={(percentage ?? 0) / 100} />}
      </ProgressBar>
      <span className={css.progressText}>{waiting ?? (known === '' ? idle : words.of(what, known))}</span>
      <Button onPress={onCancel}>{words.cancel}</Button>
    </div>
  );
}
