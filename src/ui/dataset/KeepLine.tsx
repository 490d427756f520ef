import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';
import { ErrorText } from '../controls/ErrorText.tsx';

/** Stores prepared images for the next visit. */
export function KeepLine() {
  const { dataset, stored } = useServices();
  const words = DATASET_WORDS.keep;
  const { phase, keptId, keptCurrent, keptSmaller } = useStore(dataset);
  const { busy, refused, keepError } = useStore(stored);
  if (phase !== 'ready') return null;
  const kept = keptSmaller ? [words.smaller, words.keepLarger] : [words.kept, null];
  const changed = keptId ? [words.changed, words.keepChanges] : [words.unkept, words.keep];
  const [said, button] = keptCurrent ? kept : changed;
  return (
    <>
      <div className={css.oneLine}>
        <p className={study.note} role="status">
          {refused?.() ?? said}
        </p>
        {button !== null && refused === null && (
          <Button isDisabled={busy} onPress={() => void stored.keep()}>
            {button}
          </Button>
        )}
      </div>
      {keepError && <ErrorText>{keepError()}</ErrorText>}
    </>
  );
}
