/**
 * The line between the devices of a class and the study worker of the page that leads it: a port for each device, made anew for every worker. Of what devices send,
 * numbers pass only for a round that the device was asked for.
 */
import type { FrameLink } from '../../platform/links/frame-link.ts';
import { portLink } from '../../platform/links/port-link.ts';
import { encodeFrame, headToClient } from '../../study/classroom/frames.ts';
import { plain, type ToHostHead } from '../../study/classroom/messages.ts';
import type { ClassLine } from '../../worker/client.ts';
import type { CrewNews } from '../../worker/protocol.ts';
import type { RoomDevice } from './room-state.ts';
import { saidByDevice, saidToDevice } from './said-of-device.ts';

/** The class, as its line to the worker sees it. */
interface CrewHost {
  /** Devices that are connected. */
  readonly here: () => readonly RoomDevice[];
  /** Seconds of a round; null: no deadline. */
  readonly deadline: () => number | null;
  readonly send: (id: string, frame: Uint8Array<ArrayBuffer>) => void;
  /** A message says something of a device. */
  readonly show: (id: string, news: Partial<RoomDevice>) => void;
  /** The worker does not hear this device any more: it sent too much nonsense. */
  readonly unheard: (id: string) => void;
}

interface CrewLine extends ClassLine {
  /** Tells the worker of a device that is connected; without a worker, the next one hears of it. */
  readonly introduce: (device: RoomDevice) => void;
  /** The device says something. */
  readonly pass: (id: string, head: ToHostHead, frame: Uint8Array<ArrayBuffer>) => void;
  /** The device sent what is no frame. */
  readonly passNonsense: (id: string) => void;
  /** The device is connected no more. */
  readonly lose: (id: string) => void;
  readonly setDeadline: (seconds: number | null) => void;
}

export function createCrewLine({ here, deadline, send, show, unheard }: CrewHost): CrewLine {
  /** To the worker; null while none runs. */
  let crew: MessagePort | null = null;
  const ports = new Map<string, FrameLink>();
  /** Rounds that are open, by the devices that were asked for them. */
  const open = new Map<string, number>();
  /** Devices that know of a study that has not ended. */
  const studying = new Set<string>();
  const tell = (news: CrewNews, transfer: Transferable[] = []): void => crew?.postMessage(news, transfer);

  const passOn = (id: string, frame: Uint8Array<ArrayBuffer>): void => {
    const head = headToClient(frame);
    if (head.type === 'round') open.set(id, head.id);
    else if (head.type === 'closed' || head.type === 'end') open.delete(id);
    if (head.type === 'study') studying.add(id);
    else if (head.type === 'end') studying.delete(id);
    const said = saidToDevice(head);
    if (said) show(id, said);
    send(id, frame);
  };

  const introduce = ({ id, name, client, hasOwnImages }: RoomDevice): void => {
    if (!crew) return;
    const { port1, port2 } = new MessageChannel();
    const port = portLink(port1);
    ports.set(id, port);
    open.delete(id);
    port.listen({ frame: (frame) => passOn(id, frame), closed: () => unheard(id) });
    tell({ type: 'joined', id, name, client, hasOwnImages, port: port2 }, [port2]);
  };

  return {
    introduce,
    pass(id, head, frame) {
      // Late, or of no round: nobody waits for its numbers, which would only take memory.
      if ('id' in head && open.get(id) !== head.id) return;
      const said = saidByDevice(head);
      if (said) show(id, said);
      ports.get(id)?.send(frame);
    },
    // The worker refuses it by name, for which it need not hold what was sent.
    passNonsense: (id) => ports.get(id)?.send(new Uint8Array(0)),
    lose(id) {
      ports.get(id)?.close();
      ports.delete(id);
      open.delete(id);
      studying.delete(id);
      tell({ type: 'left', id });
    },
    setDeadline: (seconds) => tell({ type: 'deadline', seconds }),
    connect() {
      const { port1, port2 } = new MessageChannel();
      crew = port1;
      tell({ type: 'deadline', seconds: deadline() });
      for (const device of here()) introduce(device);
      return port2;
    },
    ended() {
      crew = null;
      for (const port of ports.values()) port.close();
      ports.clear();
      // Nobody waits for what they train.
      for (const id of studying) passOn(id, encodeFrame(plain({ type: 'end' })));
    },
  };
}
