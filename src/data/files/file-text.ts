/** Text whose encoding no one says: UTF-8, UTF-16 where a byte order mark says so, and Windows-1252 for what is not UTF-8, as old spreadsheets write it. */
import { joined, type ByteFile, type Bytes } from './byte-file.ts';

const NO_BYTES: Bytes = new Uint8Array(0);

function markedEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** Where the last character begins, if its bytes in UTF-8 may go on in the next piece; else the end. */
function wholeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : byte >= 0x80 ? 0 : 1;
    if (length > 0) return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Decodes a text piece by piece. */
class TextPieces {
  /** Once it is known; until then all is read as UTF-8. */
  #decoder: TextDecoder | null = null;
  #isFirst = true;
  /** A character beyond ASCII was read as UTF-8: bytes that are not UTF-8 are damaged then. */
  #isUtf8 = false;
  #rest = NO_BYTES;

  next(piece: Bytes): string {
    const marked = this.#isFirst ? markedEncoding(piece) : null;
    if (marked) this.#decoder = new TextDecoder(marked);
    if (this.#decoder) return this.#decoder.decode(piece, { stream: true });
    const rest = this.#rest;
    const bytes = rest.length > 0 ? joined([rest, piece], rest.length + piece.length) : piece;
    const whole = bytes.subarray(0, wholeLength(bytes));
    this.#rest = bytes.slice(whole.length);
    return this.#utf8(whole, bytes);
  }

  end(): string {
    const last = this.#decoder ? '' : this.#utf8(this.#rest, this.#rest);
    return last + (this.#decoder?.decode() ?? '');
  }

  /** @param bytes with those after the whole characters */
  #utf8(whole: Bytes, bytes: Bytes): string {
    try {
      // Only the first bytes of a file are a byte order mark.
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: !this.#isFirst }).decode(whole);
      this.#isUtf8 ||= text.length < whole.length;
      this.#isFirst &&= whole.length === 0;
      return text;
    } catch {
      this.#decoder = new TextDecoder(this.#isUtf8 ? 'utf-8' : 'windows-1252');
      return this.#decoder.decode(bytes, { stream: true });
    }
  }
}

/** The text of a file in pieces. @throws what the file throws */
export async function* fileText(file: ByteFile, signal?: AbortSignal): AsyncGenerator<string, void, undefined> {
  const pieces = new TextPieces();
  for await (const chunk of file.stream(signal)) yield pieces.next(chunk);
  yield pieces.end();
}

/** The text of a small file, of which all bytes are here. */
export function textIn(bytes: Bytes): string {
  const pieces = new TextPieces();
  return pieces.next(bytes) + pieces.end();
}
