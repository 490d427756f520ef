import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import { ErrorText } from '../controls/ErrorText.tsx';

/** Stores prepared images for the next visit. */
export function KeepLine() {
  const { dataset, stored } = useServices();
  const { phase, keptId, keptCurrent } = useStore(dataset);
  const { busy, keepError } = useStore(stored);
  if (phase !== 'ready') return null;
  return (
    <>
      <div className={css.oneLine}>
        <p className={study.note} role="status">
          {keptCurrent
            ? 'Kept on this device for your next visit.'
            : keptId
              ? 'Your changes since are not kept yet.'
              : 'Gone when this page is closed, unless you keep them.'}
        </p>
        {!keptCurrent && (
          <Button isDisabled={busy} onPress={() => void stored.keep()}>
            {keptId ? 'Keep the changes' : 'Keep on this device'}
          </Button>
        )}
      </div>
      {keepError && <ErrorText>{keepError}</ErrorText>}
    </>
  );
}
