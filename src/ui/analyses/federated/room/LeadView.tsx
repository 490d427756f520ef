/** A class as the leading page sees it: how others join, who is there, and what each does. */
import { setOfAnalysis } from '../../../../state/study/config-edit.ts';
import type { LeadState } from '../../../../state/room/room-state.ts';
import { ROOM_KEY } from '../../../../state/room/room-store.ts';
import { useEditConfig, useStudy } from '../../../context.ts';
import { Button } from '../../../controls/Button.tsx';
import { NumberInput } from '../../../controls/NumberInput.tsx';
import { CopyField } from '../../../share/CopyField.tsx';
import shared from '../../../shared.module.css';
import { DevicesTable } from './DevicesTable.tsx';
import { clientsOf, isFederated } from './federated-clients.ts';
import { InviteDevice } from './InviteDevice.tsx';
import { ROOM_WORDS } from './messages.ts';
import css from './room.module.css';

const MOST_SECONDS = 3600;

/** The address at which another tab of this browser joins. */
const addressOf = (code: string): string => `${location.origin}${location.pathname}?${ROOM_KEY}=${code}`;

export function LeadView({ lead }: { readonly lead: LeadState }) {
  const { code, devices, deadline, room } = lead;
  const clients = useStudy(clientsOf);
  const federated = useStudy(isFederated);
  const isRunning = useStudy((state) => state.status !== 'idle');
  const edit = useEditConfig();
  const words = ROOM_WORDS.lead;
  const here = devices.filter(({ status }) => status !== 'gone');
  // The next study forgets what the one before asked of its devices.
  const isOver = here.some(({ round }) => round !== null);
  return (
    <>
      <div className={css.roles}>
        <div className={css.role}>
          <section className={css.role} aria-label={words.tabs}>
            <h3 className={css.subtitle}>{words.tabs}</h3>
            <p className={css.code}>{code}</p>
            <p className={css.note}>{words.tabsNote}</p>
            <CopyField label={words.address} text={addressOf(code)} />
          </section>
          <h3 className={css.subtitle}>{words.present(here.length, clients)}</h3>
          <DevicesTable devices={devices} clients={clients} remove={room.remove} />
          {devices.some(({ status, way }) => status === 'gone' && way === 'device') && (
            <p className={css.note}>{words.invitedGone}</p>
          )}
          {!federated && (
            <div className={shared.warning}>
              <p>{words.off}</p>
              <Button
                isDisabled={isRunning}
                onPress={() => edit((config) => setOfAnalysis(config, 'federated', 'enabled', true))}
              >
                {words.switchOn}
              </Button>
            </div>
          )}
          <p className={css.note} role="status">
            {isRunning ? words.running : words.ready(here.length, clients, isOver)}
          </p>
          <div className={css.row}>
            <span className={css.label}>{words.deadline}</span>
            <NumberInput
              label={words.deadline}
              value={deadline ?? 0}
              min={0}
              max={MOST_SECONDS}
              step={5}
              onChange={(seconds) => room.setDeadline(seconds > 0 ? seconds : null)}
            />
          </div>
          <p className={css.note}>{words.deadlineNote}</p>
        </div>
        <InviteDevice lead={lead} />
      </div>
      <div className={css.row}>
        <Button onPress={room.close}>{words.close}</Button>
      </div>
    </>
  );
}
