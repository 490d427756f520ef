/**
 * The class of a page that leads: gives devices their clients, shows what each does, and passes frames between them and the study worker, which asks for rounds
 * and looks at answers. Frames are not opened here; their heads say what happens.
 */
import type { Certificates } from '../../platform/links/certificates.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import type { Peers } from '../../platform/links/peer-link.ts';
import { portLink } from '../../platform/links/port-link.ts';
import { hold, leadTabs, type Tabs } from '../../platform/links/tab-links.ts';
import { randomId } from '../../platform/random-id.ts';
import { encodeFrame, headToClient } from '../../study/classroom/frames.ts';
import { CLASSROOM_VERSION, plain, type HelloHead, type RefusedHead } from '../../study/classroom/messages.ts';
import type { StudyWorkerClient } from '../../worker/client.ts';
import type { CrewNews } from '../../worker/protocol.ts';
import { forget, remember, remembered, type TabKeeper } from '../page/keeper.ts';
import { RELOAD_MS } from './membership.ts';
import { createDeviceLinks, type LinkHost } from './device-links.ts';
import { createInvitations } from './invitations.ts';
import type { LeadRoom, LeadState, RoomDevice, RoomStore, Way } from './room-state.ts';
import { saidByDevice, saidToDevice, UNASKED } from './said-of-device.ts';
import { seatFor, seatsIn, type Seat } from './seats.ts';
import { agreeOn, createWaysBack, goBack, WAYS_TO_DEVICE, WAYS_TO_LEADER, type WayBack } from './ways-back.ts';

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
export const USUAL_DEADLINE = 120;

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
  /** Ways on which this page returns to devices, by their clients. */
  const going = new Map<number, AbortController>();
  const links = new Map<string, FrameLink>();
  /** Ways to the worker, of the devices that are here. */
  const ports = new Map<string, FrameLink>();
  /** Tokens of devices that were sent away: a tab knocks again by itself. */
  const sentAway = new Set<string>();
  /** Rounds that are open, by the devices that were asked for them. */
  const open = new Map<string, number>();
  /** Devices that know of a study that has not ended. */
  const studying = new Set<string>();
  let crew: MessagePort | null = null;
  /** What the last device was invited over. */
  let servers: readonly string[] = [];

  const change = (edit: (lead: LeadState) => Partial<LeadState>): void =>
    store.setState(({ lead }) => (lead ? { lead: { ...lead, ...edit(lead) } } : {}));
  const update = (id: string, news: Partial<RoomDevice>): void =>
    change(({ devices }) => ({
      devices: devices.map((device) => (device.id === id ? { ...device, ...news } : device)),
    }));
  const devices = (): readonly RoomDevice[] => store.getState().lead?.devices ?? [];
  const tell = (news: CrewNews, transfer: Transferable[] = []): void => crew?.postMessage(news, transfer);

  /** Passes on what the worker tells a device. */
  const passOn = (id: string, frame: Uint8Array<ArrayBuffer>): void => {
    const head = headToClient(frame);
    if (head.type === 'round') open.set(id, head.id);
    else if (head.type === 'closed' || head.type === 'end') open.delete(id);
    if (head.type === 'study') studying.add(id);
    else if (head.type === 'end') studying.delete(id);
    const said = saidToDevice(head);
    if (said) update(id, said);
    links.get(id)?.send(frame);
  };

  /** Tells the worker of a device, with a port for its frames. */
  const introduce = ({ id, name, client, hasOwnImages }: RoomDevice): void => {
    if (!crew || !links.has(id)) return;
    const { port1, port2 } = new MessageChannel();
    const port = portLink(port1);
    ports.set(id, port);
    open.delete(id);
    port.listen({
      frame: (frame) => passOn(id, frame),
      // The worker does not hear this device any more: it sent too much nonsense.
      closed: () => sendAway(id),
    });
    tell({ type: 'joined', id, name, client, hasOwnImages, port: port2 }, [port2]);
  };

  const lose = (id: string): void => {
    if (!links.delete(id)) return;
    ports.get(id)?.close();
    ports.delete(id);
    open.delete(id);
    studying.delete(id);
    tell({ type: 'left', id });
    update(id, { status: 'gone', share: 0 });
  };

  /** By which this page returns to a device when it is loaded again. @param edit of those that it has, the newest first */
  const keepWays = (client: number | undefined, edit: (ways: readonly WayBack[]) => WayBack[]): void =>
    seat(seats.map((one) => (one.client === client ? { ...one, ways: edit(one.ways ?? []) } : one)));
  const clientOf = (id: string): number | undefined => devices().find((one) => one.id === id)?.client;

  const leave = (id: string): void => {
    waysBack.drop(id);
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
    const here = new Set(devices().flatMap(({ status, client }) => (status === 'gone' ? [] : [client])));
    const seated = seats.map((one) => ({ ...one, isHere: here.has(one.client) }));
    const client = seatFor(seated, hello, clients());
    if (client === null) return refuse(link, 'full');
    const id = randomId();
    const { token, name, own: hasOwnImages } = hello;
    const device: RoomDevice = {
      id,
      token,
      name,
      client,
      hasOwnImages,
      way,
      ...UNASKED,
    };
    for (const other of devices()) if (other.client === client) waysBack.drop(other.id);
    change((lead) => ({
      devices: [...lead.devices.filter((other) => other.client !== client), device].sort((a, b) => a.client - b.client),
    }));
    const before = seats.find((one) => one.client === client && one.token === token);
    seat([...seats.filter((one) => one.client !== client), { token, name, client, ways: before?.ways }]);
    going.get(client)?.abort();
    links.set(id, link);
    link.send(encodeFrame(plain({ type: 'welcome', version: CLASSROOM_VERSION, client })));
    introduce(device);
    if (way === 'device')
      void waysBack.offer(id, servers, (invitation) => link.send(encodeFrame(plain({ type: 'return', invitation }))));
    return id;
  };

  let own: Promise<RTCCertificate | null> | undefined;
  /** One for all devices. */
  const certificate = (): Promise<RTCCertificate | null> => (own ??= certificates.of(code));

  const agree = async (id: string, invitation: string): Promise<void> => {
    const way = await agreeOn(peers, invitation, servers, await certificate());
    const link = links.get(id);
    if (!way || !link) return;
    link.send(encodeFrame(plain({ type: 'returning', answer: way.answer })));
    const others = (ways: readonly WayBack[]) => ways.filter(({ invitation: known }) => known !== invitation);
    // Once it is told: a way that the device does not know of is none.
    keepWays(clientOf(id), (ways) => [way, ...others(ways)].slice(0, WAYS_TO_DEVICE));
  };

  const hear: LinkHost['hear'] = (id, head, frame) => {
    // Who offers none is invited anew when this page is loaded again.
    if (head.type === 'return') return void agree(id, head.invitation).catch(() => undefined);
    if (head.type === 'returning') return void waysBack.expect(id, head.answer);
    // Late, or of no round: nobody waits for its numbers, which would only take memory.
    if ('id' in head && open.get(id) !== head.id) return;
    const said = saidByDevice(head);
    if (said) update(id, said);
    ports.get(id)?.send(frame);
  };

  /** The worker refuses it by name, for which it need not hold what was sent. */
  const hearNonsense = (id: string): void => ports.get(id)?.send(new Uint8Array(0));

  const arrived = createDeviceLinks({ enter, hear, hearNonsense, sendAway, leave, lose });
  const waysBack = createWaysBack(peers, WAYS_TO_LEADER, (id, link) => {
    // The connection of before may not be known to be lost yet.
    links.get(id)?.close();
    lose(id);
    arrived.add(link, 'device');
  });
  const invitations = createInvitations(
    peers,
    (news) => change(() => news),
    (link) => arrived.add(link, 'device'),
  );
  const stopTabs = leadTabs(tabs, code, (link) => arrived.add(link, 'tab'));

  const returnTo = async ({ client, ways = [] }: Seat): Promise<void> => {
    if (ways.length === 0) return;
    const stop = new AbortController();
    going.set(client, stop);
    ({ servers } = ways[0]);
    const found = await goBack(peers, ways, await certificate(), stop.signal);
    if (!found) return;
    keepWays(client, (kept) => kept.filter(({ invitation }) => invitation !== found.way.invitation));
    arrived.add(found.link, 'device');
  };
  void held.then((release) => {
    // A copy of the tab that leads would take its devices from it.
    if (release && store.getState().lead?.room === room) for (const one of seats) void returnTo(one);
  });

  const room: LeadRoom = {
    setDeadline(seconds) {
      change(() => ({ deadline: seconds }));
      tell({ type: 'deadline', seconds });
    },
    invite(over) {
      servers = over;
      return invitations.invite(over);
    },
    accept: invitations.accept,
    remove: sendAway,
    close() {
      stopTabs();
      invitations.withdraw();
      waysBack.close();
      for (const stop of going.values()) stop.abort();
      seat(seats.map((one) => ({ ...one, ways: undefined })));
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
  void worker.leadClass({
    connect() {
      const { port1, port2 } = new MessageChannel();
      crew = port1;
      tell({ type: 'deadline', seconds: store.getState().lead?.deadline ?? null });
      for (const device of devices()) if (device.status !== 'gone') introduce(device);
      return port2;
    },
    ended() {
      crew = null;
      for (const port of ports.values()) port.close();
      ports.clear();
      // Nobody waits for what they train.
      for (const id of studying) passOn(id, encodeFrame(plain({ type: 'end' })));
    },
  });
  return room;
}
