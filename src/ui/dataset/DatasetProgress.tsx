import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { bytes, integer } from '../format.ts';
import { DATASET_WORDS } from './messages.ts';
import { LoadingLine } from './LoadingLine.tsx';

/** Progress of listing or decoding. */
export function DatasetProgress() {
  const { dataset: store } = useServices();
  const words = DATASET_WORDS.progress;
  const { phase, progress } = useStore(store);
  const line = { progress, onCancel: () => store.cancel() };
  if (phase !== 'listing' && phase !== 'preparing') return null;
  return (
    <div data-arrival="reading" tabIndex={-1}>
      {phase === 'listing' ? (
        <LoadingLine {...line} what={words.loading} write={bytes} idle={words.looking} />
      ) : (
        <LoadingLine {...line} what={words.decoding} write={integer} idle={words.starting} />
      )}
    </div>
  );
}
