import { useStore } from 'zustand/react';
import { openRoomPanel } from '../../../../state/room/room-store.ts';
import { useServices } from '../../../context.ts';
import { Button } from '../../../controls/Button.tsx';
import study from '../../../study/study.module.css';
import { ROOM_WORDS } from './messages.ts';

/** Below the settings of federated training: opens the panel, or says how many devices there are. */
export function RoomButton() {
  const { room } = useServices();
  const lead = useStore(room, (state) => state.lead);
  const here = lead?.devices.filter(({ status }) => status !== 'gone').length ?? 0;
  return (
    <div className={study.nested}>
      <p className={study.cost}>{lead ? ROOM_WORDS.connected(here) : ROOM_WORDS.simulated}</p>
      <Button
        onPress={() => {
          openRoomPanel(room);
          scrollTo({ top: 0 }); // it stands above the study
        }}
      >
        {ROOM_WORDS.open}
      </Button>
    </div>
  );
}
