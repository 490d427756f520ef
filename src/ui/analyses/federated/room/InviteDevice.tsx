import { useEffect, useState } from 'react';
import { errorText } from '../../../../core/error-text.ts';
import type { Invitation } from '../../../../platform/links/peer-link.ts';
import { BadSignal } from '../../../../platform/links/signal.ts';
import type { LeadRoom } from '../../../../state/room/room-state.ts';
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

/** Invites one device of the network: its answer comes back by hand. */
export function InviteDevice({ room }: { readonly room: LeadRoom }) {
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [servers, setServers] = useState('');
  const [answer, setAnswer] = useState('');
  const [isConnecting, setConnecting] = useState(false);
  const [problem, setProblem] = useState('');
  const words = ROOM_WORDS.invite;

  useEffect(() => {
    let current = true;
    const ended = (why: string): void => {
      if (!current) return;
      setInvitation(null);
      setAnswer('');
      setConnecting(false);
      setProblem(why);
    };
    invitation?.connected.then(
      () => ended(''),
      () => ended(words.noWay),
    );
    return () => {
      current = false;
    };
  }, [invitation, words]);

  const invite = async (): Promise<void> => {
    setProblem('');
    invitation?.cancel();
    setAnswer('');
    setConnecting(false);
    try {
      setInvitation(await room.invite(serversIn(servers)));
    } catch (error) {
      setProblem(words.failed(errorText(error)));
    }
  };
  const connect = async (): Promise<void> => {
    setProblem('');
    try {
      await invitation?.accept(answer);
      setConnecting(true);
    } catch (error) {
      setProblem(error instanceof BadSignal ? words.badAnswer : words.failed(errorText(error)));
    }
  };
  return (
    <section className={css.role} aria-label={words.title}>
      <h3 className={css.subtitle}>{words.title}</h3>
      <p className={css.note}>{words.text}</p>
      {invitation && (
        <>
          <p className={css.step}>{words.first}</p>
          <div className={css.scan}>
            <QrCode text={addressOf(invitation.code)} label={words.qr} />
            <CopyField label={words.link} text={addressOf(invitation.code)} lines={4} />
          </div>
          {isLocal() && <p className={css.note}>{words.local}</p>}
          <p className={css.step}>{words.second}</p>
          <TextInput label={words.answer} value={answer} most={4000} lines={3} onChange={setAnswer} />
          <div className={css.row}>
            <Button kind="primary" isDisabled={answer.trim() === '' || isConnecting} onPress={() => void connect()}>
              {isConnecting ? words.connecting : words.connect}
            </Button>
          </div>
        </>
      )}
      {problem && <ErrorText>{problem}</ErrorText>}
      <ServersField value={servers} onChange={setServers} />
      <div className={css.row}>
        <Button onPress={() => void invite()}>{invitation ? words.another : words.start}</Button>
      </div>
    </section>
  );
}
