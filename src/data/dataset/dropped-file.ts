/**
 * The user's own prepared images as bytes, kept beside a checkpoint: u32 length of the JSON, JSON, then labels (int32), split and pixels
 * (uint8), little-endian. Written and read by this page only.
 */
import * as v from 'valibot';
import type { DroppedDataset } from './dropped.ts';
import { PLAN_WORDS } from './messages.ts';

const HeadSchema = v.object({
  name: v.string(),
  imageSize: v.number(),
  classes: v.array(v.string()),
  prompts: v.array(v.string()),
  images: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

export function encodeDropped({ labels, split, pixels, ...rest }: DroppedDataset): Blob {
  const head = JSON.stringify({ ...rest, images: labels.length });
  const text = new TextEncoder().encode(head);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length, true);
  // Copies arrays in shared memory, which a Blob does not accept.
  const parts = [length, text, new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength), split, pixels];
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
  const { images, ...rest } = head;
  const pixels = images * head.imageSize ** 2 * 3;
  if (bytes.byteLength !== end + 5 * images + pixels) fail();
  return {
    ...rest,
    labels: new Int32Array(bytes.slice(end, end + 4 * images)),
    split: new Uint8Array(bytes.slice(end + 4 * images, end + 5 * images)),
    pixels: new Uint8Array(bytes.slice(end + 5 * images)),
  };
}
