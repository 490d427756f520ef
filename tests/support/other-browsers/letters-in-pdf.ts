/** How much text a PDF has. */
import { inflateSync } from 'node:zlib';

/** How often a PDF shows letters, whatever its fonts call them. */
export function lettersIn(pdf: Uint8Array): number {
  const file = Buffer.from(pdf).toString('latin1');
  return [...file.matchAll(/\/FlateDecode[^]*?stream\r?\n([^]*?)endstream/g)].reduce((sum, [, packed]) => {
    const drawn = inflateSync(Buffer.from(packed, 'latin1')).toString('latin1');
    return sum + (drawn.match(/\bT[jJ]\b/g)?.length ?? 0);
  }, 0);
}
