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
    <Suspense>
      {/* Inside, so that a lesson that points at the map scrolls once the map is there. */}
      <PagePart name="map">
        <MapPanel key={preset.id} preset={preset} />
      </PagePart>
    </Suspense>
  );
}
