import { useState } from 'react';
import { useStore } from 'zustand/react';
import { randomId } from '../../../../platform/random-id.ts';
import { joinByInvitation, joinRoom } from '../../../../state/room/join-room.ts';
import { invitationIn, joinedBy } from '../../../../state/room/room-store.ts';
import { remember, remembered, rememberingStorage } from '../../../../state/page/keeper.ts';
import { leftOpening } from '../../../../state/page/left-opening.ts';
import { createWorkerClient, spawnStudyWorker } from '../../../../worker/client.ts';
import { useServices, useStudy } from '../../../context.ts';
import { Button } from '../../../controls/Button.tsx';
import { Segmented } from '../../../controls/Segmented.tsx';
import { browserTabs, tabStorage } from './browser-tabs.ts';
import { ROOM_WORDS } from './messages.ts';
import css from './room.module.css';
import { ServersField, serversIn } from './ServersField.tsx';
import { TextInput } from './TextInput.tsx';

const NAME_KEY = 'copra-device-name';
const TOKEN_KEY = 'copra-device-token';

/** By which a class knows this tab when it returns. */
function deviceToken(): string {
  const kept = tabStorage();
  const token = remembered(kept, TOKEN_KEY) ?? randomId();
  remember(kept, TOKEN_KEY, token);
  return token;
}

type Images = 'part' | 'own';

/** Joins a class: by its code, or by an invitation that came from the leading device. */
export function JoinForm() {
  const { room, dataset } = useServices();
  const backend = useStudy((state) => state.backend);
  const own = useStore(dataset, (state) => (state.phase === 'ready' ? state.dataset : null));
  const invitedTo = useStore(room, (state) => state.invitedTo);
  const [name, setName] = useState(() => remembered(rememberingStorage(), NAME_KEY) ?? '');
  const [code, setCode] = useState(() => invitationIn(location.hash) ?? invitedTo);
  const [images, setImages] = useState<Images>('part');
  const [servers, setServers] = useState('');
  const words = ROOM_WORDS.joinForm;
  const by = joinedBy(code);
  const join = (): void => {
    remember(rememberingStorage(), NAME_KEY, name.trim());
    const setup = {
      ...{ store: room, backend, name: name.trim(), token: deviceToken() },
      worker: createWorkerClient(spawnStudyWorker, leftOpening(window, rememberingStorage())),
      dataset: images === 'own' ? own : null,
    };
    if ('invitation' in by) joinByInvitation(setup, by.invitation, serversIn(servers));
    else joinRoom(setup, by.code, browserTabs());
  };
  return (
    <section className={css.role} aria-label={words.title}>
      <h3 className={css.subtitle}>{words.title}</h3>
      <p className={css.note}>{words.text}</p>
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
