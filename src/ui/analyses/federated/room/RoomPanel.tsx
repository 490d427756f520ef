/** The classroom: a page leads, others join, and each trains one client of a federation. */
import { useStore } from 'zustand/react';
import { closeRoomPanel } from '../../../../state/room/room-store.ts';
import { useServices } from '../../../context.ts';
import { PagePanel } from '../../../controls/PagePanel.tsx';
import { JoinForm } from './JoinForm.tsx';
import { LeadForm } from './LeadForm.tsx';
import { LeadView } from './LeadView.tsx';
import { MemberView } from './MemberView.tsx';
import { ROOM_WORDS } from './messages.ts';
import css from './room.module.css';

export function RoomPanel() {
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
