/**
 * The class of a page that leads: gives devices their clients, shows what each does, and passes frames between them and the study worker, which asks for rounds
 * and looks at answers. Frames are not opened here; their heads say what happens.
 */
import type { Certificates } from '../../platform/links/certificates.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import type { Peers } from '../../platform/links/peer-link.ts';
import { hold, leadTabs, type Tabs } from '../../platform/links/tab-links.ts';
import { randomId } from '../../platform/random-id.ts';
import { encodeFrame } from '../../study/classroom/frames.ts';
import { CLASSROOM_VERSION, plain, type HelloHead, type RefusedHead } from '../../study/classroom/messages.ts';
import type { StudyWorkerClient } from '../../worker/client.ts';
import { forget, remember, remembered, type TabKeeper } from '../page/keeper.ts';
import { RELOAD_MS } from './membership.ts';
import { createCrewLine } from './crew-line.ts';
import { createDeviceLinks, type LinkHost } from './device-links.ts';
import { createDeviceReturns } from './device-returns.ts';
import { createInvitations } from './invitations.ts';
import type { LeadRoom, LeadState, RoomDevice, RoomStore, Way } from './room-state.ts';
import { UNASKED } from './said-of-device.ts';
import { seatFor, seatsIn, withoutWays, withSeat, withWays, type Seat } from './seats.ts';
import type { WayBack } from './ways-back.ts';

export interface RoomSetup {
  readonly store: RoomStore;
  readonly worker: Pick<StudyWorkerClient, 'leadClass'>;
  readonly tabs: Tabs;
  readonly peers: Peers;
  /** Number of clients of the study as it is set now. */
  readonly clients: () => number;
  /** What the tab keeps when it is loaded again: its class has the same code then, and whoever returns the same client. */
  readonly kept: TabKeeper;
  readonly certificates: Certificates;
}

const CODE_KEY = 'copra-class-code';
const SEATS_KEY = 'copra-class-seats';
/** Kept while the class is open. */
const OPEN_KEY = 'copra-class-open';

const lockOf = (code: string): string => `copra-class-${code}-leader`;

/** Seconds of a round, until the reader chooses others. */
const USUAL_DEADLINE = 120;

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Six letters and digits that are not mistaken for one another. */
const newCode = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (value) => LETTERS[value % LETTERS.length]).join('');

function refuse(link: FrameLink, reason: RefusedHead['reason']): null {
  link.send(encodeFrame(plain({ type: 'refused', reason })));
  return null;
}

type Held = Promise<(() => void) | null>;

/** Opens a class. The panel shows `store`'s `lead`. */
export function openRoom(setup: RoomSetup): LeadRoom {
  const code = remembered(setup.kept, CODE_KEY) ?? newCode();
  return leadRoom(setup, code, hold(setup.tabs, lockOf(code)));
}

/** Opens the class again that the page led which this tab held before; not where the tab is a copy of one that leads it. */
export async function reopenRoom(setup: RoomSetup): Promise<void> {
  const { store, kept, tabs } = setup;
  const code = remembered(kept, CODE_KEY);
  if (code === null || remembered(kept, OPEN_KEY) === null) return;
  const held = hold(tabs, lockOf(code), RELOAD_MS);
  const release = await held;
  const { lead, member } = store.getState();
  if (release && !lead && !member) leadRoom(setup, code, held);
  else release?.();
}

/** @param held what tells copies of this tab that the class is led */
function leadRoom(
  { store, worker, tabs, peers, clients, kept, certificates }: RoomSetup,
  code: string,
  held: Held,
): LeadRoom {
  remember(kept, CODE_KEY, code);
  remember(kept, OPEN_KEY, '1');
  /** Whoever has had a client, also before the class was closed or the page loaded again. */
  let seats: readonly Seat[] = seatsIn(remembered(kept, SEATS_KEY) ?? '');
  const seat = (next: readonly Seat[]): void => {
    seats = next;
    remember(kept, SEATS_KEY, JSON.stringify(seats));
  };
  const links = new Map<string, FrameLink>();
  /** Tokens of devices that were sent away: a tab knocks again by itself. */
  const sentAway = new Set<string>();

  const change = (edit: (lead: LeadState) => Partial<LeadState>): void =>
    store.setState(({ lead }) => (lead ? { lead: { ...lead, ...edit(lead) } } : {}));
  const update = (id: string, news: Partial<RoomDevice>): void =>
    change(({ devices }) => ({
      devices: devices.map((device) => (device.id === id ? { ...device, ...news } : device)),
    }));
  /** A device, in place of the one that had its client. */
  const show = (device: RoomDevice): void =>
    change((lead) => ({
      devices: [...lead.devices.filter(({ client }) => client !== device.client), device].sort(
        (a, b) => a.client - b.client,
      ),
    }));
  const devices = (): readonly RoomDevice[] => store.getState().lead?.devices ?? [];
  const here = (): readonly RoomDevice[] => devices().filter(({ id }) => links.has(id));
  const clientOf = (id: string): number | undefined => devices().find((one) => one.id === id)?.client;
  const keepWays = (client: number | undefined, edit: (ways: readonly WayBack[]) => WayBack[]): void =>
    seat(withWays(seats, client, edit));

  const lose = (id: string): void => {
    if (!links.delete(id)) return;
    crew.lose(id);
    update(id, { status: 'gone', share: 0 });
  };

  const leave = (id: string): void => {
    returns.drop(id);
    keepWays(clientOf(id), () => []);
    lose(id);
  };

  const sendAway = (id: string): void => {
    const link = links.get(id);
    const device = devices().find((one) => one.id === id);
    if (!link || !device) return;
    sentAway.add(device.token);
    refuse(link, 'sent-away');
    link.close();
    leave(id);
  };

  const enter = (link: FrameLink, way: Way, hello: HelloHead): string | null => {
    if (hello.version !== CLASSROOM_VERSION) return refuse(link, 'version');
    // Whoever is invited anew is wanted again.
    if (way === 'tab' && sentAway.has(hello.token)) return refuse(link, 'sent-away');
    const taken = new Set(here().map(({ client }) => client));
    const seated = seats.map((one) => ({ ...one, isHere: taken.has(one.client) }));
    const client = seatFor(seated, hello, clients());
    if (client === null) return refuse(link, 'full');
    const id = randomId();
    const { token, name, own: hasOwnImages } = hello;
    const device: RoomDevice = { id, token, name, client, hasOwnImages, way, ...UNASKED };
    for (const other of devices()) if (other.client === client) returns.drop(other.id);
    show(device);
    seat(withSeat(seats, { token, name, client, own: hasOwnImages }));
    returns.stay(client);
    links.set(id, link);
    link.send(encodeFrame(plain({ type: 'welcome', version: CLASSROOM_VERSION, client })));
    crew.introduce(device);
    if (way === 'device') returns.offer(id, link);
    return id;
  };

  const hear: LinkHost['hear'] = (id, head, frame) => {
    // Who offers none is invited anew when this page is loaded again.
    if (head.type === 'return') return void returns.agree(id, head.invitation).catch(() => undefined);
    if (head.type === 'returning') return returns.expect(id, head.answer);
    crew.pass(id, head, frame);
  };

  const crew = createCrewLine({
    here,
    deadline: () => store.getState().lead?.deadline ?? null,
    send: (id, frame) => links.get(id)?.send(frame),
    show: update,
    unheard: sendAway,
  });
  const arrived = createDeviceLinks({ enter, hear, hearNonsense: crew.passNonsense, sendAway, leave, lose });
  const addDevice = (link: FrameLink): void => arrived.add(link, 'device');
  const returns = createDeviceReturns(peers, certificates, code, {
    linkTo: (id) => links.get(id),
    clientOf,
    keepWays,
    returned(id, link) {
      links.get(id)?.close();
      lose(id);
      addDevice(link);
    },
    reached: addDevice,
  });
  const invitations = createInvitations(peers, (news) => change(() => news), addDevice);
  const stopTabs = leadTabs(tabs, code, (link) => arrived.add(link, 'tab'));

  void held.then((release) => {
    // A copy of the tab that leads would take its devices from it.
    if (!release || store.getState().lead?.room !== room) return;
    const taken = new Set(devices().map(({ client }) => client));
    for (const { token, name, client, own, ways = [] } of seats) {
      if (ways.length === 0 || taken.has(client)) continue;
      show({ ...UNASKED, id: randomId(), token, name, client, hasOwnImages: own, way: 'device', status: 'gone' });
      void returns.goTo(client, ways);
    }
  });

  const room: LeadRoom = {
    setDeadline(seconds) {
      change(() => ({ deadline: seconds }));
      crew.setDeadline(seconds);
    },
    invite(servers) {
      returns.use(servers);
      return invitations.invite(servers);
    },
    accept: invitations.accept,
    remove: sendAway,
    close() {
      stopTabs();
      invitations.withdraw();
      returns.close();
      seat(withoutWays(seats));
      for (const [id, link] of links) {
        link.send(encodeFrame(plain({ type: 'dismissed' })));
        link.close();
        leave(id);
      }
      arrived.close();
      void worker.leadClass(null);
      forget(kept, OPEN_KEY);
      void held.then((release) => {
        // That of a copy of this tab is the same.
        if (release) void certificates.forget(code);
        release?.();
      });
      store.setState({ lead: null });
    },
  };

  store.setState({
    lead: { code, deadline: USUAL_DEADLINE, devices: [], invitation: null, inviteProblem: null, room },
  });
  void worker.leadClass(crew);
  return room;
}
