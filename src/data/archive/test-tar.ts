/** Writes small ustar archives for tests; what programs write is tested with the tar of the system. */
import { together } from '../../../tests/support/bytes.ts';

export function testTar(
  files: Readonly<Record<string, string | Uint8Array>>,
  { links = [] }: { links?: readonly string[] } = {},
): Uint8Array {
  const blocks: Uint8Array[] = [];
  const encoder = new TextEncoder();
  const add = (name: string, content: Uint8Array, type: string) => {
    const header = new Uint8Array(512);
    const put = (at: number, text: string) => header.set(encoder.encode(text), at);
    put(0, name);
    put(100, '0000644\0');
    put(124, content.length.toString(8).padStart(11, '0'));
    put(148, '        ');
    put(156, type);
    put(257, 'ustar\0' + '00');
    const sum = header.reduce((total, byte) => total + byte, 0);
    put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
    const padded = new Uint8Array(Math.ceil(content.length / 512) * 512);
    padded.set(content);
    blocks.push(header, padded);
  };
  for (const [name, content] of Object.entries(files))
    add(name, typeof content === 'string' ? encoder.encode(content) : content, '0');
  for (const name of links) add(name, new Uint8Array(0), '2');
  blocks.push(new Uint8Array(1024));
  return together(blocks);
}
