/**
 * Frames in pieces, as large as a data channel takes: a byte says whether it is the last one. A channel keeps their order, so nothing else is needed; a
 * frame grows by what has arrived, never by what is announced.
 */

/** What every browser takes as one message. */
const PIECE_BYTES = 16_000;

/** The pieces of a frame, in their order: one at least, also of an empty frame. */
export function* piecesOf(frame: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  let from = 0;
  do {
    const to = Math.min(frame.length, from + PIECE_BYTES);
    const piece = new Uint8Array(1 + to - from);
    piece[0] = to === frame.length ? 1 : 0;
    piece.set(frame.subarray(from, to), 1);
    yield piece;
    from = to;
  } while (from < frame.length);
}

/** A frame that is longer than it may be. */
export class FrameTooLong extends Error {
  override readonly name = 'FrameTooLong';
}

/** Puts frames together. @param most bytes of a frame @returns a function that takes a piece and gives the frame that it completes, or null */
export function createJoiner(most: number): (piece: Uint8Array) => Uint8Array<ArrayBuffer> | null {
  let pieces: Uint8Array[] = [];
  let length = 0;
  return (piece) => {
    if (piece.length === 0) return null;
    pieces.push(piece.subarray(1));
    length += piece.length - 1;
    // Empty pieces take room too.
    if (length > most || pieces.length > 64 + most / 1000)
      throw new FrameTooLong(`A frame has more than ${most} bytes.`);
    if (piece[0] !== 1) return null;
    const frame = new Uint8Array(length);
    let at = 0;
    for (const part of pieces) {
      frame.set(part, at);
      at += part.length;
    }
    pieces = [];
    length = 0;
    return frame;
  };
}
