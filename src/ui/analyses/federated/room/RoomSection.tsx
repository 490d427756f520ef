import { Suspense } from 'react';
import { useStore } from 'zustand/react';
import { useServices } from '../../../context.ts';
import { lazily } from '../../../lazily.ts';

const RoomPanel = lazily(async () => (await import('./RoomPanel.tsx')).RoomPanel);

/** The classroom, once it was asked for. */
export function RoomSection() {
  const isOpen = useStore(useServices().room, (state) => state.isOpen);
  if (!isOpen) return null;
  return (
    <Suspense>
      <RoomPanel />
    </Suspense>
  );
}
