/** A class within one program: devices on frame links that a test can cut, delay and make lossy. */
import { createInbox, type FrameLink } from '../../src/platform/links/frame-link.ts';
import type { Crew, CrewDevice } from '../../src/study/classroom/crew.ts';
import { clientTransport, hostTransport, type ClientTransport } from '../../src/study/classroom/transport.ts';

/** What becomes of a frame on its way: called with what delivers it. */
export type Weather = (deliver: () => void) => void;

const CALM: Weather = (deliver) => queueMicrotask(deliver);

/** Both ends of a link. */
export function linkPair(weather: Weather = CALM): {
  readonly host: FrameLink;
  readonly client: FrameLink;
  cut: () => void;
} {
  let isCut = false;
  const ends = [createInbox(() => {}), createInbox(() => {})];
  const cut = (): void => {
    if (isCut) return;
    isCut = true;
    queueMicrotask(() => ends.forEach((inbox) => inbox.closed()));
  };
  const end = (own: number): FrameLink => ({
    send(frame) {
      const copy = frame.slice();
      if (!isCut)
        weather(() => {
          if (!isCut) ends[1 - own].frame(copy);
        });
    },
    listen: (listener) => ends[own].listen(listener),
    close() {
      ends[own].mute();
      cut();
    },
  });
  return { host: end(0), client: end(1), cut };
}

/** Devices that come and go. */
export function createCrew(deadline: () => number | null = () => null) {
  const devices = new Set<CrewDevice>();
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  const crew: Crew = {
    devices: () => [...devices],
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    deadline,
  };
  return {
    crew,
    /** @returns the device's end, and a function that cuts it off */
    join: (
      name: string,
      holds: readonly number[],
      { weather, hasOwnImages = false }: { readonly weather?: Weather; readonly hasOwnImages?: boolean } = {},
    ): { readonly transport: ClientTransport; readonly link: FrameLink; readonly leave: () => void } => {
      const { host, client, cut } = linkPair(weather);
      const device: CrewDevice = { name, holds, transport: hostTransport(host), isTrusted: false, hasOwnImages };
      devices.add(device);
      changed();
      const leave = (): void => {
        cut();
        if (devices.delete(device)) changed();
      };
      return { transport: clientTransport(client), link: client, leave };
    },
  };
}
