import { useStore } from 'zustand/react';
import { AskedPanel } from '../../../AskedPanel.tsx';
import { useServices } from '../../../context.ts';
import { lazily } from '../../../lazily.tsx';

const RoomPanel = lazily(async () => (await import('./RoomPanel.tsx')).RoomPanel);

/** The classroom, once it was asked for. */
export function RoomSection() {
  const isOpen = useStore(useServices().room, (state) => state.isOpen);
  return <AskedPanel>{isOpen && <RoomPanel />}</AskedPanel>;
}
