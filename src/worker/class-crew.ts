/** The devices of the page's class as the study worker sees them: the page tells who comes and goes, and every device has a port of its own. */
import { portLink } from '../platform/links/port-link.ts';
import type { Crew, CrewDevice } from '../study/classroom/crew.ts';
import { hostTransport } from '../study/classroom/transport.ts';
import type { CrewNews } from './protocol.ts';

/** One for all classes of the page, so that a federation that lost its class goes on with the next one. */
export interface ClassCrew extends Crew {
  /** Whether the page has a class now. */
  readonly isLed: boolean;
  /** Takes the place of the class before. @param port to the page; null: its class is closed */
  lead(port: MessagePort | null): void;
}

export function createClassCrew(): ClassCrew {
  const devices = new Map<string, CrewDevice>();
  const listeners = new Set<() => void>();
  let page: MessagePort | null = null;
  let deadline: number | null = null;
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const hear = ({ data }: MessageEvent<CrewNews>): void => {
    switch (data.type) {
      case 'joined': {
        const { id, name, client, hasOwnImages } = data;
        const transport = hostTransport(portLink(data.port));
        devices.set(id, { name, holds: [client], transport, isTrusted: false, hasOwnImages });
        changed();
        return;
      }
      case 'left':
        if (devices.delete(data.id)) changed();
        return;
      case 'deadline':
        deadline = data.seconds;
        return;
      default:
        data satisfies never;
    }
  };
  return {
    get isLed() {
      return page !== null;
    },
    lead(port) {
      page?.close();
      page = port;
      const hadDevices = devices.size > 0;
      devices.clear();
      if (hadDevices) changed();
      if (port) port.onmessage = hear;
    },
    devices: () => [...devices.values()],
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    deadline: () => deadline,
  };
}
