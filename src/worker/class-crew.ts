/** The devices of a class as the study worker sees them: the page tells who comes and goes, and every device has a port of its own. */
import { portLink } from '../platform/links/port-link.ts';
import type { Crew, Device } from '../study/classroom/rounds.ts';
import { hostTransport } from '../study/classroom/transport.ts';
import type { CrewNews } from './protocol.ts';

export function createPortCrew(port: MessagePort): Crew {
  const devices = new Map<string, Device>();
  const listeners = new Set<() => void>();
  let deadline: number | null = null;
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  port.onmessage = ({ data }: MessageEvent<CrewNews>) => {
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
    devices: () => [...devices.values()],
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    deadline: () => deadline,
  };
}
