import { Suspense } from 'react';
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { PagePart } from '../lessons/PagePart.tsx';
import { lazily } from '../lazily.ts';

const SearchPanel = lazily(async () => (await import('./SearchPanel.tsx')).SearchPanel);

/** Shows the search for a schedule once one is chosen or opened. */
export function ScheduleSearch() {
  const regime = useStore(useServices().searches, (state) => state.regime);
  if (!regime) return null;
  return (
    <Suspense>
      {/* Inside, so that a lesson that points at the search scrolls once the search is there. */}
      <PagePart name="search">
        <SearchPanel key={regime.id} regime={regime} />
      </PagePart>
    </Suspense>
  );
}
