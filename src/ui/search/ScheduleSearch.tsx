import { useStore } from 'zustand/react';
import { AskedPanel } from '../AskedPanel.tsx';
import { useServices } from '../context.ts';
import { lazily } from '../lazily.tsx';

const SearchPanel = lazily(async () => (await import('./SearchPanel.tsx')).SearchPanel);

/** The search for a schedule, once one is chosen or opened. */
export function ScheduleSearch() {
  const regime = useStore(useServices().searches, (state) => state.regime);
  return <AskedPanel part="search">{regime && <SearchPanel key={regime.id} regime={regime} />}</AskedPanel>;
}
