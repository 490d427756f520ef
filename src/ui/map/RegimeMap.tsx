import { useStore } from 'zustand/react';
import { AskedPanel } from '../AskedPanel.tsx';
import { useServices } from '../context.ts';
import { lazily } from '../lazily.tsx';

const MapPanel = lazily(async () => (await import('./MapPanel.tsx')).MapPanel);

/** The map, once one is chosen. */
export function RegimeMap() {
  const preset = useStore(useServices().maps, (state) => state.preset);
  return <AskedPanel part="map">{preset && <MapPanel key={preset.id} preset={preset} />}</AskedPanel>;
}
