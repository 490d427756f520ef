import { Suspense } from 'react';
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { PagePart } from '../lessons/PagePart.tsx';
import { lazily } from '../lazily.ts';

const MapPanel = lazily(async () => (await import('./MapPanel.tsx')).MapPanel);

/** Shows the map once one is chosen. */
export function RegimeMap() {
  const preset = useStore(useServices().maps, (state) => state.preset);
  if (!preset) return null;
  return (
    <PagePart name="map">
      <Suspense>
        <MapPanel key={preset.id} preset={preset} />
      </Suspense>
    </PagePart>
  );
}
