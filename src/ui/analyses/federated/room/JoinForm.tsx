import { useState } from 'react';
import { joinByInvitation, joinRoom } from '../../../../state/room/join-room.ts';
import { membershipIn } from '../../../../state/room/membership.ts';
import { joinedBy, withRoomKey } from '../../../../state/room/class-address.ts';
import { remember, remembered, rememberingStorage } from '../../../../state/page/keeper.ts';
import { Button } from '../../../controls/Button.tsx';
import { Segmented } from '../../../controls/Segmented.tsx';
import { tabStorage } from './browser-tabs.ts';
import { ROOM_WORDS } from './messages.ts';
import css from './room.module.css';
import { ServersField, serversIn } from './ServersField.tsx';
import { useJoining, useOwnImages } from './surroundings.ts';
import { TextInput } from './TextInput.tsx';
import { useInvitation } from './use-invitation.ts';

const NAME_KEY = 'copra-device-name';

type Images = 'part' | 'own';

/** Joins a class: by its code, or by an invitation that came from the leading device. */
export function JoinForm() {
  const joining = useJoining();
  const own = useOwnImages();
  const [returnsWithOwn] = useState(() => membershipIn(tabStorage())?.own === true);
  const [name, setName] = useState(() => remembered(rememberingStorage(), NAME_KEY) ?? '');
  const [code, setCode] = useState(joining.asked);
  useInvitation(setCode);
  const [images, setImages] = useState<Images>('part');
  const [servers, setServers] = useState('');
  const words = ROOM_WORDS.joinForm;
  const by = joinedBy(code);
  const join = (): void => {
    remember(rememberingStorage(), NAME_KEY, name.trim());
    history.replaceState(null, '', `${withRoomKey(location.search)}${location.hash}`);
    const setup = { ...joining, name: name.trim(), dataset: images === 'own' ? own : null };
    if ('invitation' in by) void joinByInvitation(setup, by.invitation, serversIn(servers));
    else void joinRoom(setup, by.code);
  };
  return (
    <section className={css.role} aria-label={words.title}>
      <h3 className={css.subtitle}>{words.title}</h3>
      <p className={css.note}>{words.text}</p>
      {returnsWithOwn && <p className={css.note}>{words.returns}</p>}
      <TextInput label={words.name} value={name} most={40} onChange={setName} />
      <p className={css.note}>{words.nameNote}</p>
      <TextInput label={words.code} value={code} most={4000} onChange={setCode} />
      {own && (
        <Segmented
          label={words.images}
          value={images}
          options={[
            { id: 'part', name: words.part },
            { id: 'own', name: words.own(own.labels.length) },
          ]}
          onChange={setImages}
        />
      )}
      <p className={css.note}>{own && images === 'own' ? words.ownNote : words.partNote}</p>
      {'invitation' in by && <ServersField value={servers} onChange={setServers} />}
      <div className={css.row}>
        <Button kind="primary" isDisabled={name.trim() === '' || code.trim() === ''} onPress={join}>
          {words.join}
        </Button>
      </div>
    </section>
  );
}
