/** Progress of a model download or import. */
import { ProgressBar } from 'react-aria-components';
import type { ModelTransfer } from '../../state/models/models-store.ts';
import { Bar } from '../controls/Bar.tsx';
import { Button } from '../controls/Button.tsx';
import { clock } from '../format.ts';
import { megabytes } from './amounts.ts';
import css from './backbone.module.css';

const PHASES = { describe: 'reading its description', weights: 'fetching', check: 'checking' } as const;

function detailOf({ progress }: ModelTransfer): string {
  if (!progress) return 'starting';
  if (progress.waiting) return progress.waiting;
  const { phase, doneBytes, totalBytes, bytesPerSecond, remainingSeconds } = progress;
  if (totalBytes === 0) return PHASES[phase];
  const parts = [`${PHASES[phase]} ${megabytes(doneBytes)} of ${megabytes(totalBytes)}`];
  if (phase === 'weights' && bytesPerSecond !== null) parts.push(`${megabytes(bytesPerSecond)}/s`);
  if (phase === 'weights' && remainingSeconds !== null) parts.push(`${clock(remainingSeconds)} left`);
  return parts.join(' · ');
}

export function TransferLine({ transfer, onCancel }: { transfer: ModelTransfer; onCancel: () => void }) {
  const { progress, name } = transfer;
  const total = progress?.totalBytes ?? 0;
  return (
    <div className={css.transfer}>
      <ProgressBar
        aria-label={`Getting ${name}`}
        value={progress?.doneBytes ?? 0}
        maxValue={total > 0 ? total : 1}
        isIndeterminate={total === 0}
      >
        {({ percentage }) => (
          <>
            <span className={css.transferName}>{name}</span>
            <Bar share={(percentage ?? 0) / 100} />
          </>
        )}
      </ProgressBar>
      <span className={css.transferDetail}>{detailOf(transfer)}</span>
      <Button onPress={onCancel}>Cancel</Button>
    </div>
  );
}
