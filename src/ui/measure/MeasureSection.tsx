import { Suspense } from 'react';
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { lazily } from '../lazily.ts';

const MeasurePanel = lazily(async () => (await import('./MeasurePanel.tsx')).MeasurePanel);

/** The panel, once it was asked for. */
export function MeasureSection() {
  const isOpen = useStore(useServices().measure, (state) => state.isOpen);
  if (!isOpen) return null;
  return (
    <Suspense>
      <MeasurePanel />
    </Suspense>
  );
}
