/**
 * The bundled artwork: emoji drawn in several styles, as `scripts/build-atlases.mjs` leaves it in public/atlas/.
 *
 * `atlas.json` is an AtlasIndex; `<style>.<part>.atlas` is gzip of [count, size, size, 4] uint8. Alpha is premultiplied: a colour is already
 * multiplied by alpha, so compositing on a background b is colour + (1 − alpha) · b and interpolation needs no division. The first part of a
 * style has what every task tests on, so that test pictures are shown after a ninth of the artwork.
 */
import { ARTWORK_WORDS } from './words.ts';

/** Reads one file of the atlas folder, e.g. "noto.1.atlas", from wherever it is kept (fetch in the page, fs in Node). */
export type ReadFile = (file: string) => Promise<ArrayBuffer>;

/** Sets of emoji on which the bundled backbones were pretrained, */
export const PRETRAINING_STYLES = ['noto', 'noto-v1', 'twemoji', 'fluent-emoji-flat', 'emojione'] as const;
/** and those that they have never seen. */
export const HELD_OUT_STYLES = ['openmoji', 'fxemoji'] as const;
export type StyleId = (typeof PRETRAINING_STYLES)[number] | (typeof HELD_OUT_STYLES)[number];

interface Concept {
  /** What the emoji shows, e.g. "nerd face". */
  readonly name: string;
  readonly tags: readonly string[];
  /** Index into AtlasIndex.groups. */
  readonly group: number;
  /** Index into AtlasIndex.subgroups. */
  readonly subgroup: number;
  /** First of the concepts that are drawn alike in some style (often the concept itself). They must be on the same side of every split. */
  readonly unit: number;
}

/** Files of every style. */
const PARTS = 3;

export const partFiles = (id: StyleId): string[] =>
  Array.from({ length: PARTS }, (_, part) => `${id}.${part + 1}.atlas`);

interface AtlasStyle {
  readonly id: StyleId;
  /** [PARTS], each with the images of its part in their order. */
  readonly files: readonly { readonly file: string; readonly bytes: number }[];
  /** SHA-256 of the unpacked pixels of all images, in their order. */
  readonly sha256: string;
  /** [count]: which concept each image shows. */
  readonly concepts: readonly number[];
  /** [count]: index into `files`, where each image lies. */
  readonly parts: readonly number[];
}

export const ATLAS_VERSION = 2;

export interface AtlasIndex {
  readonly version: typeof ATLAS_VERSION;
  /** Hash of what the atlas was built from. */
  readonly build: string;
  /** Width and height of every image. */
  readonly size: number;
  /** The nine emoji groups, e.g. "food-drink". */
  readonly groups: readonly string[];
  /** e.g. "food-fruit". */
  readonly subgroups: readonly string[];
  readonly concepts: readonly Concept[];
  readonly styles: readonly AtlasStyle[];
  /** The strips of the bundled tasks (task-strip.ts). */
  readonly strips: readonly { readonly file: string; readonly bytes: number }[];
}

/** The pictures of a set of emoji, all of one size. */
export interface StyleImages {
  readonly count: number;
  readonly size: number;
  /** [count, size, size, 4] premultiplied RGBA. */
  readonly pixels: Uint8Array;
  /** [count], index into AtlasIndex.concepts. */
  readonly concepts: readonly number[];
}

/** @throws Error when the index is missing, is no JSON or has another version */
export async function readAtlasIndex(read: ReadFile): Promise<AtlasIndex> {
  const text = new TextDecoder().decode(await read('atlas.json'));
  let index: AtlasIndex;
  try {
    index = JSON.parse(text) as AtlasIndex;
  } catch {
    throw new Error(ARTWORK_WORDS.noJson);
  }
  if (index.version !== ATLAS_VERSION) {
    throw new Error(ARTWORK_WORDS.version(String(index.version), ATLAS_VERSION));
  }
  return index;
}

function styleOf(index: AtlasIndex, id: StyleId): AtlasStyle {
  const style = index.styles.find((candidate) => candidate.id === id);
  if (style) return style;
  const known = index.styles.map((candidate) => candidate.id).join(', ');
  throw new Error(ARTWORK_WORDS.noStyle(id, known));
}

/** What a style has images of, without their pixels. @throws Error when the style is unknown */
export function styleOutline(index: AtlasIndex, id: StyleId): StyleImages {
  const { concepts } = styleOf(index, id);
  return { count: concepts.length, size: index.size, pixels: new Uint8Array(0), concepts };
}

/**
 * The images of one style.
 *
 * @param wanted the concepts whose images are needed: files without any are not read, and their images are left out; absent = all
 * @throws Error when the style is unknown or one of its files is damaged
 */
export async function readStyle(
  read: ReadFile,
  index: AtlasIndex,
  id: StyleId,
  wanted?: (concept: number) => boolean,
): Promise<StyleImages> {
  const { concepts, parts, files } = styleOf(index, id);
  const needed = new Set(wanted ? parts.filter((_, at) => wanted(concepts[at])) : parts);
  const stride = index.size * index.size * 4;
  const contents = await Promise.all(
    files.map(async ({ file }, part) => {
      if (!needed.has(part)) return null;
      const pixels = await unpack(await read(file), file);
      const expected = parts.filter((own) => own === part).length * stride;
      if (pixels.length !== expected) throw new Error(ARTWORK_WORDS.size(file, pixels.length, expected));
      return pixels;
    }),
  );
  const taken = concepts.flatMap((_, at) => (needed.has(parts[at]) ? [at] : []));
  const pixels = new Uint8Array(taken.length * stride); // [count, size, size, 4]
  const from = files.map(() => 0);
  taken.forEach((at, i) => {
    const part = parts[at];
    pixels.set(contents[part]!.subarray(from[part], from[part] + stride), i * stride);
    from[part] += stride;
  });
  return { count: taken.length, size: index.size, pixels, concepts: taken.map((at) => concepts[at]) };
}

async function unpack(file: ArrayBuffer, name: string): Promise<Uint8Array> {
  const [first, second] = new Uint8Array(file, 0, Math.min(2, file.byteLength));
  if (first !== 0x1f || second !== 0x8b) return new Uint8Array(file); // some servers unpack gzip on the way
  try {
    const stream = new Blob([file]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new Error(ARTWORK_WORDS.damaged(name));
  }
}
