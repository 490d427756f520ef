/**
 * How a page that leads a class and the devices that it invited find one another again: it offers each device a way to itself, and keeps the ways that devices
 * offer, by which it goes to them when it is loaded again.
 */
import type { Certificates } from '../../platform/links/certificates.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import type { Peers } from '../../platform/links/peer-link.ts';
import { encodeFrame } from '../../study/classroom/frames.ts';
import { plain } from '../../study/classroom/messages.ts';
import { agreeOn, createWaysBack, goBack, WAYS_TO_DEVICE, WAYS_TO_LEADER, type WayBack } from './ways-back.ts';

/** The class, as the ways between it and its devices see it. */
interface ReturnsHost {
  /** The connection to a device; absent: it is lost. */
  readonly linkTo: (id: string) => FrameLink | undefined;
  /** The client of a device of the class. */
  readonly clientOf: (id: string) => number | undefined;
  /** Keeps other ways to the device of a client. @param edit of those that it has, the newest first */
  readonly keepWays: (client: number | undefined, edit: (ways: readonly WayBack[]) => WayBack[]) => void;
  /** A device has returned: its connection of before is lost, whether that is known yet or not. */
  readonly returned: (id: string, link: FrameLink) => void;
  /** This page has come to a device. */
  readonly reached: (link: FrameLink) => void;
}

interface DeviceReturns {
  /** @param servers STUN or TURN servers of the ways from now on; empty: this network only */
  readonly use: (servers: readonly string[]) => void;
  /** Offers a device the ways to this page that it lacks. */
  readonly offer: (id: string, link: FrameLink) => void;
  /** The device's answer to what it was offered. */
  readonly expect: (id: string, answer: string) => void;
  /** A device offers a way to itself. */
  readonly agree: (id: string, invitation: string) => Promise<void>;
  /** A device is not to return. */
  readonly drop: (id: string) => void;
  /** Goes to the device of a client. @param ways to it, the newest first: one at least */
  readonly goTo: (client: number, ways: readonly WayBack[]) => Promise<void>;
  /** The client has a device: this page does not go to one any more. */
  readonly stay: (client: number) => void;
  readonly close: () => void;
}

/** @param code of the class, by which its certificate is kept */
export function createDeviceReturns(
  peers: Peers,
  certificates: Pick<Certificates, 'of'>,
  code: string,
  { linkTo, clientOf, keepWays, returned, reached }: ReturnsHost,
): DeviceReturns {
  let servers: readonly string[] = [];
  /** Ways on which this page returns to devices, by their clients. */
  const going = new Map<number, AbortController>();
  const offered = createWaysBack(peers, WAYS_TO_LEADER, returned);
  let own: Promise<RTCCertificate | null> | undefined;
  /** One for all devices. */
  const certificate = (): Promise<RTCCertificate | null> => (own ??= certificates.of(code));

  return {
    use(chosen) {
      servers = chosen;
    },
    offer(id, link) {
      void offered.offer(id, servers, (invitation) => link.send(encodeFrame(plain({ type: 'return', invitation }))));
    },
    expect: (id, answer) => void offered.expect(id, answer),
    async agree(id, invitation) {
      const way = await agreeOn(peers, invitation, servers, await certificate());
      const link = linkTo(id);
      if (!way || !link) return;
      link.send(encodeFrame(plain({ type: 'returning', answer: way.answer })));
      const others = (ways: readonly WayBack[]) => ways.filter(({ invitation: known }) => known !== invitation);
      // Once it is told: a way that the device does not know of is none.
      keepWays(clientOf(id), (ways) => [way, ...others(ways)].slice(0, WAYS_TO_DEVICE));
    },
    drop: offered.drop,
    async goTo(client, ways) {
      const stop = new AbortController();
      going.set(client, stop);
      ({ servers } = ways[0]);
      const found = await goBack(peers, ways, await certificate(), stop.signal);
      if (!found) return;
      keepWays(client, (kept) => kept.filter(({ invitation }) => invitation !== found.way.invitation));
      reached(found.link);
    },
    stay: (client) => going.get(client)?.abort(),
    close() {
      offered.close();
      for (const stop of going.values()) stop.abort();
    },
  };
}
