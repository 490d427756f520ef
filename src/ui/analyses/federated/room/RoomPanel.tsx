/** The classroom: a page leads, others join, and each trains one client of a federation. */
import { useEffect, useEffectEvent } from 'react';
import { useStore } from 'zustand/react';
import { rejoin } from '../../../../state/room/join-room.ts';
import { reopenRoom } from '../../../../state/room/lead-room.ts';
import { closeRoomPanel } from '../../../../state/room/room-store.ts';
import { useServices } from '../../../context.ts';
import { PagePanel } from '../../../controls/PagePanel.tsx';
import { JoinForm } from './JoinForm.tsx';
import { LeadForm } from './LeadForm.tsx';
import { LeadView } from './LeadView.tsx';
import { MemberView } from './MemberView.tsx';
import { ROOM_WORDS } from './messages.ts';
import css from './room.module.css';
import { useJoining, useLeading, useOwnImages } from './surroundings.ts';

/** A page that is loaded again is in its class again: it leads it, or has joined it. */
function useReturn(): void {
  const leading = useLeading();
  const joining = useJoining();
  const own = useOwnImages();
  const comeBack = useEffectEvent(() => {
    const { lead, member } = leading.store.getState();
    if (lead || member) return;
    void reopenRoom(leading);
    void rejoin(joining, own);
  });
  // A device that trains on images of its own waits until they are open.
  const hasOwn = own !== null;
  useEffect(() => comeBack(), [hasOwn]);
}

export function RoomPanel() {
  useReturn();
  const { room } = useServices();
  const { lead, member } = useStore(room);
  return (
    <PagePanel
      title={ROOM_WORDS.title}
      closeText={ROOM_WORDS.hide}
      onClose={() => closeRoomPanel(room)}
      intro={lead || member ? undefined : ROOM_WORDS.intro}
    >
      {lead && <LeadView lead={lead} />}
      {member && <MemberView member={member} />}
      {!lead && !member && (
        <div className={css.roles}>
          <JoinForm />
          <LeadForm />
        </div>
      )}
    </PagePanel>
  );
}
