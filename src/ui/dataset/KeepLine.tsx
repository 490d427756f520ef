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
  const { phase, keptId, keptCurrent } = useStore(dataset);
  const { busy, refused, keepError } = useStore(stored);
  if (phase !== 'ready') return null;
  return (
    <>
      <div className={css.oneLine}>
        <p className={study.note} role="status">
          {refused ?? (keptCurrent ? words.kept : keptId ? words.changed : words.unkept)}
        </p>
        {!keptCurrent && refused === null && (
          <Button isDisabled={busy} onPress={() => void stored.keep()}>
            {keptId ? words.keepChanges : words.keep}
          </Button>
        )}
      </div>
      {keepError && <ErrorText>{keepError}</ErrorText>}
    </>
  );
}
