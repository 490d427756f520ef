import { useState } from 'react';
import type { InviteProblem, LeadRoom, LeadState } from '../../../../state/room/room-state.ts';
import { ROOM_KEY } from '../../../../state/room/room-store.ts';
import { Button } from '../../../controls/Button.tsx';
import { ErrorText } from '../../../controls/ErrorText.tsx';
import { CopyField } from '../../../share/CopyField.tsx';
import { QrCode } from '../../../share/QrCode.tsx';
import { ROOM_WORDS } from './messages.ts';
import css from './room.module.css';
import { ServersField, serversIn } from './ServersField.tsx';
import { TextInput } from './TextInput.tsx';

/** The address that takes an invitation along; the fragment is sent to no server. */
const addressOf = (code: string): string => `${location.origin}${location.pathname}?${ROOM_KEY}#i1.${code}`;

const isLocal = (): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);

const problemText = (problem: InviteProblem): string => {
  const words = ROOM_WORDS.invite;
  switch (problem.type) {
    case 'bad-answer':
      return words.badAnswer;
    case 'no-way':
      return words.noWay;
    case 'failed':
      return words.failed(problem.reason);
    default:
      return problem satisfies never;
  }
};

/** An invitation for the other device, and its answer. */
function Exchange({
  invitation: { code, isConnecting },
  room,
}: {
  readonly invitation: NonNullable<LeadState['invitation']>;
  readonly room: LeadRoom;
}) {
  const [answer, setAnswer] = useState('');
  const words = ROOM_WORDS.invite;
  return (
    <>
      <p className={css.step}>{words.first}</p>
      <div className={css.scan}>
        <QrCode text={addressOf(code)} label={words.qr} />
        <CopyField label={words.link} text={addressOf(code)} lines={4} />
      </div>
      {isLocal() && <p className={css.note}>{words.local}</p>}
      <p className={css.step}>{words.second}</p>
      <TextInput label={words.answer} value={answer} most={4000} lines={3} onChange={setAnswer} />
      <div className={css.row}>
        <Button
          kind="primary"
          isDisabled={answer.trim() === '' || isConnecting}
          onPress={() => void room.accept(answer)}
        >
          {isConnecting ? words.connecting : words.connect}
        </Button>
      </div>
    </>
  );
}

/** Invites one device of the network: its answer comes back by hand. */
export function InviteDevice({ lead: { invitation, inviteProblem, room } }: { readonly lead: LeadState }) {
  const [servers, setServers] = useState('');
  const words = ROOM_WORDS.invite;
  return (
    <section className={css.role} aria-label={words.title}>
      <h3 className={css.subtitle}>{words.title}</h3>
      <p className={css.note}>{words.text}</p>
      {invitation && <Exchange key={invitation.code} invitation={invitation} room={room} />}
      {inviteProblem && <ErrorText>{problemText(inviteProblem)}</ErrorText>}
      <ServersField value={servers} onChange={setServers} />
      <div className={css.row}>
        <Button onPress={() => void room.invite(serversIn(servers))}>{invitation ? words.another : words.start}</Button>
      </div>
    </section>
  );
}
