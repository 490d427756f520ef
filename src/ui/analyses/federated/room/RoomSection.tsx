import { useStore } from 'zustand/react';
import { meetInvitation } from '../../../../state/room/room-store.ts';
import { AskedPanel } from '../../../AskedPanel.tsx';
import { useServices } from '../../../context.ts';
import { lazily } from '../../../lazily.tsx';
import { useInvitation } from './use-invitation.ts';

const RoomPanel = lazily(async () => (await import('./RoomPanel.tsx')).RoomPanel);

/** The classroom, once it was asked for, also by an invitation that is opened where the page is already. */
export function RoomSection() {
  const { room } = useServices();
  const isOpen = useStore(room, (state) => state.isOpen);
  useInvitation(() => {
    meetInvitation(room);
    scrollTo({ top: 0 }); // it stands above the study
  });
  return <AskedPanel>{isOpen && <RoomPanel />}</AskedPanel>;
}
