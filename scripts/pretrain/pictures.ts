/** The bundled artwork, with files read from the project's public/atlas/. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readAtlasIndex, readStyle, type AtlasIndex, type StyleId } from '../../src/data/bundled/atlas.ts';

const ATLAS = 'public/atlas';

async function read(file: string): Promise<ArrayBuffer> {
  const bytes = await readFile(path.join(ATLAS, file)).catch((cause: unknown) => {
    throw new Error(`${ATLAS}/${file} cannot be read: run "node scripts/build-atlases.mjs" first.`, { cause });
  });
  return new Uint8Array(bytes).buffer;
}

export const readIndex = (): Promise<AtlasIndex> => readAtlasIndex(read);

/** Pictures of one or several styles, one after another. */
export interface Pictures {
  readonly count: number;
  readonly size: number;
  /** [count, size, size, 4] premultiplied RGBA. */
  readonly rgba: Uint8Array;
  /** [count], index into AtlasIndex.concepts. */
  readonly concepts: Int32Array;
}

export async function readPictures(index: AtlasIndex, styles: readonly StyleId[]): Promise<Pictures> {
  const parts = await Promise.all(styles.map((style) => readStyle(read, index, style)));
  const count = parts.reduce((sum, style) => sum + style.count, 0);
  const rgba = new Uint8Array(count * index.size ** 2 * 4);
  let at = 0;
  for (const { pixels } of parts) {
    rgba.set(pixels, at);
    at += pixels.length;
  }
  return { count, size: index.size, rgba, concepts: Int32Array.from(parts.flatMap((style) => [...style.concepts])) };
}
