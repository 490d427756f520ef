import { openRoom } from '../../../../state/room/lead-room.ts';
import { withRoomKey } from '../../../../state/room/class-address.ts';
import { Button } from '../../../controls/Button.tsx';
import { ROOM_WORDS } from './messages.ts';
import css from './room.module.css';
import { useJoining, useLeading } from './surroundings.ts';

/** Opens a class that this page leads. */
export function LeadForm() {
  const leading = useLeading();
  const { asked } = useJoining();
  const words = ROOM_WORDS.leadForm;
  return (
    <section className={css.role} aria-label={words.title}>
      <h3 className={css.subtitle}>{words.title}</h3>
      <p className={css.note}>{words.text}</p>
      <div className={css.row}>
        {/* Who was invited comes to join, and leads none by mistake. */}
        <Button
          kind={asked === '' ? 'primary' : 'plain'}
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
