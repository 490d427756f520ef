import { useStore } from 'zustand/react';
import css from './App.module.css';
import { useServices, useStudy } from './context.ts';
import { Button } from './controls/Button.tsx';

/** Offers a new version of the page, but not while a study runs: reloading would end it. */
export function UpdateOffer() {
  const { offline } = useServices();
  const ready = useStore(offline, (state) => state.updateReady);
  const idle = useStudy((state) => state.status === 'idle');
  if (!ready || !idle) return null;
  return (
    <div className={css.notices}>
      <div className={css.notice} role="status">
        <p>A new version of this page is ready. Settings stay; results that are not saved or shared do not.</p>
        <Button onPress={() => offline.update()}>Load the new version</Button>
      </div>
    </div>
  );
}
