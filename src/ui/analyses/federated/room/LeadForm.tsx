import { openRoom } from '../../../../state/room/lead-room.ts';
import { withRoomKey } from '../../../../state/room/class-address.ts';
import { Button } from '../../../controls/Button.tsx';
import { ROOM_WORDS } from './messages.ts';
import css from './room.module.css';
import { useLeading } from './surroundings.ts';

/** Opens a class that this page leads. */
export function LeadForm() {
  const leading = useLeading();
  const words = ROOM_WORDS.leadForm;
  return (
    <section className={css.role} aria-label={words.title}>
      <h3 className={css.subtitle}>{words.title}</h3>
      <p className={css.note}>{words.text}</p>
      <div className={css.row}>
        <Button
          kind="primary"
          onPress={() => {
            history.replaceState(null, '', `${withRoomKey(location.search)}${location.hash}`);
            openRoom(leading);
          }}
        >
          {words.start}
        </Button>
      </div>
    </section>
  );
}
