/**
 * How messages get from the device that leads a federation to one that trains in it, and back: within one program, or as frames over a link. Everything above
 * knows messages only.
 */
import { errorText } from '../../core/error-text.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import { BadFrame, decodeToClient, decodeToHost, encodeFrame } from './frames.ts';
import type { Message, ToClient, ToClientHead, ToHost, ToHostHead } from './messages.ts';

export interface TransportListener<Received> {
  /** @param bytes that it took on its way; 0 within one program */
  received(message: Received, bytes: number): void;
  /** Something came that is no message. @param reason in English, without the sender */
  refused(reason: string): void;
  /** The other end is gone. */
  closed(): void;
}

export interface Transport<Sent, Received> {
  /** @returns bytes that it takes on its way; 0 within one program */
  send(message: Sent): number;
  /** Messages that came before wait for the listener. One at a time. */
  listen(listener: TransportListener<Received>): void;
  close(): void;
}

export type HostTransport = Transport<ToClient, ToHost>;
export type ClientTransport = Transport<ToHost, ToClient>;

/** One end of a pair within one program. */
function end<Sent, Received>(deliver: (message: Sent) => void, hangUp: () => void) {
  let listener: TransportListener<Received> | null = null;
  let waiting: Received[] = [];
  let isOpen = true;
  const transport: Transport<Sent, Received> = {
    send(message) {
      // As over a link: never within the sender's own turn.
      if (isOpen) queueMicrotask(() => deliver(message));
      return 0;
    },
    listen(next) {
      listener = next;
      const kept = waiting;
      waiting = [];
      for (const message of kept) next.received(message, 0);
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      queueMicrotask(hangUp);
    },
  };
  return {
    transport,
    receive(message: Received): void {
      if (!isOpen) return;
      if (listener) listener.received(message, 0);
      else waiting.push(message);
    },
    hungUp(): void {
      if (!isOpen) return;
      isOpen = false;
      listener?.closed();
    },
  };
}

/** Both ends of a way within one program: messages pass as they are, in order. */
export function transportPair(): { readonly host: HostTransport; readonly client: ClientTransport } {
  const host = end<ToClient, ToHost>(
    (message) => client.receive(message),
    () => client.hungUp(),
  );
  const client = end<ToHost, ToClient>(
    (message) => host.receive(message),
    () => host.hungUp(),
  );
  return { host: host.transport, client: client.transport };
}

function overFrames<Sent extends Message<ToClientHead | ToHostHead>, Received>(
  link: FrameLink,
  decode: (frame: Uint8Array) => Received,
): Transport<Sent, Received> {
  return {
    send(message) {
      const frame = encodeFrame(message);
      const { length } = frame; // a link may hand its bytes on
      link.send(frame);
      return length;
    },
    listen: (listener) =>
      link.listen({
        frame(frame) {
          let message: Received;
          try {
            message = decode(frame);
          } catch (error) {
            if (!(error instanceof BadFrame)) throw error;
            listener.refused(errorText(error));
            return;
          }
          listener.received(message, frame.length);
        },
        closed: () => listener.closed(),
      }),
    close: () => link.close(),
  };
}

/** The leading device's end of a link. */
export const hostTransport = (link: FrameLink): HostTransport => overFrames(link, decodeToHost);
/** The training device's end of a link. */
export const clientTransport = (link: FrameLink): ClientTransport => overFrames(link, decodeToClient);
