/** A link over a MessagePort: between the page and its worker. Frames are handed on, not copied. */
import { createInbox, type FrameLink } from './frame-link.ts';

/** What an end says when it closes: not every browser tells of a closed port. */
const GONE = 'gone';

export function portLink(port: MessagePort): FrameLink {
  const close = (): void => {
    if (!inbox.mute()) return;
    port.postMessage(GONE);
    port.close();
  };
  const inbox = createInbox(close);
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === GONE) {
      inbox.closed();
      port.close();
    } else if (data instanceof Uint8Array)
      inbox.frame(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.length));
  };
  return {
    // The buffer of a frame may be larger than the frame, if its sender made it so; all of it is handed on.
    send: (frame) => port.postMessage(frame, [frame.buffer]),
    listen: (listener) => inbox.listen(listener),
    close,
  };
}
