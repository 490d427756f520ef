/** Progress of a model download or import. */
import { ProgressBar } from 'react-aria-components';
import type { ModelTransfer } from '../../state/models/models-store.ts';
import { Bar } from '../controls/Bar.tsx';
import { Button } from '../controls/Button.tsx';
import { bytes, clock } from '../format.ts';
import { megabytes } from './amounts.ts';
import css from './backbone.module.css';
import { BACKBONE_WORDS } from './messages.ts';

function detailOf({ progress }: ModelTransfer): string {
  const words = BACKBONE_WORDS.transfer;
  if (!progress) return words.starting;
  if (progress.waiting) return progress.waiting;
  const { phase, doneBytes, totalBytes, bytesPerSecond, remainingSeconds } = progress;
  const name = words[phase];
  if (doneBytes === 0 && totalBytes === 0) return name;
  const came =
    totalBytes > 0 ? words.of(name, megabytes(doneBytes), megabytes(totalBytes)) : words.soFar(name, bytes(doneBytes));
  const parts = [came];
  if (phase !== 'check' && bytesPerSecond !== null) parts.push(`${bytes(Math.round(bytesPerSecond))}/s`);
  if (phase === 'weights' && remainingSeconds !== null) parts.push(words.left(clock(remainingSeconds)));
  return parts.join(' · ');
}

export function TransferLine({ transfer, onCancel }: { transfer: ModelTransfer; onCancel: () => void }) {
  const { progress, name } = transfer;
  const total = progress?.totalBytes ?? 0;
  return (
    <div className={css.transfer}>
      <ProgressBar
        aria-label={BACKBONE_WORDS.transfer.getting(name)}
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
      <Button onPress={onCancel}>{BACKBONE_WORDS.transfer.cancel}</Button>
    </div>
  );
}
