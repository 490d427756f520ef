/** The classroom: a page leads, others join, and each trains one client of a federation. */
import { useStore } from 'zustand/react';
import { closeRoomPanel } from '../../../../state/room/room-store.ts';
import { useServices } from '../../../context.ts';
import { Button } from '../../../controls/Button.tsx';
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
    <section className={css.panel} aria-labelledby="room-title">
      <div className={css.head}>
        <h2 id="room-title" className={css.title}>
          {ROOM_WORDS.title}
        </h2>
        <Button kind="quiet" onPress={() => closeRoomPanel(room)}>
          {ROOM_WORDS.hide}
        </Button>
      </div>
      {lead && <LeadView lead={lead} />}
      {member && <MemberView member={member} />}
      {!lead && !member && (
        <>
          <p className={css.intro}>{ROOM_WORDS.intro}</p>
          <div className={css.roles}>
            <JoinForm />
            <LeadForm />
          </div>
        </>
      )}
    </section>
  );
}
