import { useStore } from 'zustand/react';
import { AskedPanel } from '../AskedPanel.tsx';
import { useServices } from '../context.ts';
import { lazily } from '../lazily.tsx';

const MeasurePanel = lazily(async () => (await import('./MeasurePanel.tsx')).MeasurePanel);

/** "Measure this device", once it was asked for. */
export function MeasureSection() {
  const isOpen = useStore(useServices().measure, (state) => state.isOpen);
  return <AskedPanel>{isOpen && <MeasurePanel />}</AskedPanel>;
}
