/**
 * The user's own prepared images as bytes, kept beside a checkpoint: u32 length of the JSON, JSON, then labels (int32), split and pixels
 * (uint8), then labels (int32) and pixels (uint8) of every domain, little-endian. Written and read by this page only.
 */
import * as v from 'valibot';
import type { DroppedDataset } from './dropped.ts';
import { PLAN_WORDS } from './messages.ts';

const size = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Pages of earlier versions take no notice of them. */
const motifs = v.optional(v.array(size));

const HeadSchema = v.object({
  name: v.string(),
  imageSize: v.number(),
  classes: v.array(v.string()),
  prompts: v.array(v.string()),
  images: size,
  motifs,
  files: v.optional(v.array(v.string())),
  /** Absent: no domains. */
  others: v.optional(v.array(v.object({ name: v.string(), images: size, motifs }))),
});

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const listed = ({ motifs: known }: Pick<DroppedDataset, 'motifs'>) => known && { motifs: [...known] };
const packed = ({ motifs: known }: { readonly motifs?: readonly number[] | undefined }) =>
  known && { motifs: Int32Array.from(known) };

/** @returns the bytes as described above, copied from the data set */
export function encodeDropped({ labels, split, pixels, others = [], ...rest }: DroppedDataset): Blob {
  const head = JSON.stringify({
    ...rest,
    ...listed(rest),
    images: labels.length,
    ...(others.length > 0 && {
      others: others.map((other) => ({ name: other.name, images: other.labels.length, ...listed(other) })),
    }),
  });
  const text = new TextEncoder().encode(head);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length, true);
  // Copies arrays in shared memory, which a Blob does not accept.
  const domains = others.flatMap((other) => [bytesOf(other.labels), other.pixels]);
  const parts = [length, text, bytesOf(labels), split, pixels, ...domains];
  return new Blob(parts.map((part) => Uint8Array.from(part)));
}

/** @throws RangeError when the bytes were not written by encodeDropped. */
export function decodeDropped(bytes: ArrayBuffer): DroppedDataset {
  const fail = (cause?: unknown): never => {
    throw new RangeError(PLAN_WORDS.damagedCopy, { cause });
  };
  const headOf = () => {
    try {
      const end = 4 + new DataView(bytes).getUint32(0, true);
      const head = v.parse(HeadSchema, JSON.parse(new TextDecoder().decode(bytes.slice(4, end))));
      return { head, end };
    } catch (cause) {
      return fail(cause);
    }
  };
  const { head, end } = headOf();
  const { images, motifs: known, files, others = [], ...rest } = head;
  const stride = head.imageSize ** 2 * 3;
  const domainBytes = others.reduce((sum, other) => sum + other.images * (4 + stride), 0);
  const isListed =
    [head, ...others].every((set) => (set.motifs?.length ?? set.images) === set.images) &&
    (files?.length ?? images) === images;
  if (!isListed || bytes.byteLength !== end + images * (5 + stride) + domainBytes) fail();
  let at = end;
  const take = (length: number): ArrayBuffer => bytes.slice(at, (at += length));
  return {
    ...rest,
    ...packed({ motifs: known }),
    ...(files && { files }),
    labels: new Int32Array(take(4 * images)),
    split: new Uint8Array(take(images)),
    pixels: new Uint8Array(take(images * stride)),
    ...(others.length > 0 && {
      others: others.map((other) => ({
        name: other.name,
        ...packed(other),
        labels: new Int32Array(take(4 * other.images)),
        pixels: new Uint8Array(take(other.images * stride)),
      })),
    }),
  };
}
