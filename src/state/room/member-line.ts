/** The line between a page that has joined a class and its study worker, which trains for as long as the line is open. */
import type { FrameLink } from '../../platform/links/frame-link.ts';
import { portLink } from '../../platform/links/port-link.ts';
import { headToHost } from '../../study/classroom/frames.ts';
import type { ToHostHead } from '../../study/classroom/messages.ts';
import type { Asks } from '../../worker/client.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';

interface MemberLine {
  readonly isOpen: boolean;
  readonly open: () => void;
  /** Gives the worker a message of the page that leads. */
  readonly pass: (frame: Uint8Array<ArrayBuffer>) => void;
  readonly close: () => void;
}

/**
 * @param dataset this device's own images; null: its part of the study's
 * @param said hears the worker
 * @param failed hears why the worker trains no more, unless the line was closed before
 */
export function createMemberLine(
  worker: Asks<'join-class'>,
  dataset: DroppedDataset | null,
  said: (head: ToHostHead, frame: Uint8Array<ArrayBuffer>) => void,
  failed: (error: unknown) => void,
): MemberLine {
  let port: FrameLink | null = null;
  return {
    get isOpen() {
      return port !== null;
    },
    open() {
      const { port1, port2 } = new MessageChannel();
      const own = portLink(port1);
      port = own;
      own.listen({ frame: (frame) => said(headToHost(frame), frame), closed: () => {} });
      worker.ask('join-class', { port: port2, dataset }, { transfer: [port2] }).catch((error: unknown) => {
        // One that was closed before may end later.
        if (port === own) failed(error);
      });
    },
    pass: (frame) => port?.send(frame),
    close() {
      port?.close();
      port = null;
    },
  };
}
