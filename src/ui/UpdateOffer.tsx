import { useStore } from 'zustand/react';
import css from './App.module.css';
import { useServices, useStudy } from './context.ts';
import { Button } from './controls/Button.tsx';
import { PAGE_WORDS } from './messages.ts';

/** Offers a new version of the page, but not while a study runs: reloading would end it. */
export function UpdateOffer() {
  const { offline } = useServices();
  const ready = useStore(offline, (state) => state.updateReady);
  const idle = useStudy((state) => state.status === 'idle');
  if (!ready || !idle) return null;
  return (
    <div className={css.notices}>
      <div className={css.notice} role="status">
        <p>{PAGE_WORDS.update.ready}</p>
        <Button onPress={() => offline.update()}>{PAGE_WORDS.update.load}</Button>
      </div>
    </div>
  );
}
