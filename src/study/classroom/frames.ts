/** Messages as bytes: length of the head u32, the head as JSON with blanks up to a multiple of four bytes, then float32; all little-endian. */
import * as v from 'valibot';
import { firstViolation } from '../../platform/describe-issues.ts';
import { FRAME_WORDS } from './frame-words.ts';
import { ToClientSchema, ToHostSchema, type Message, type ToClientHead, type ToHostHead } from './messages.ts';

/**
 * Longer frames are refused before anything is made of them. The largest adapter that the page trains, times the updates of a long federation, is below; all
 * weights of a large backbone, which a device that joins late may lack, are not.
 */
export const MAX_FRAME_BYTES = 256 * 2 ** 20;
const MAX_HEAD_BYTES = 512 * 2 ** 10;

/** Whether a message with so many numbers is no longer than a frame may be, whatever its head. */
export const fitsFrame = (numbers: number): boolean => 4 + MAX_HEAD_BYTES + 4 * numbers <= MAX_FRAME_BYTES;

/** Heads that numbers follow. */
const WITH_NUMBERS: ReadonlySet<string> = new Set<(ToClientHead | ToHostHead)['type']>(['round', 'trained']);

/** A frame that is no message. */
export class BadFrame extends Error {
  override readonly name = 'BadFrame';
}

export function encodeFrame({ head, values }: Message<ToClientHead | ToHostHead>): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const padded = 4 * Math.ceil(json.length / 4);
  const frame = new Uint8Array(4 + padded + 4 * values.length);
  new DataView(frame.buffer).setUint32(0, padded, true);
  frame.fill(0x20, 4, 4 + padded);
  frame.set(json, 4);
  new Float32Array(frame.buffer, 4 + padded).set(values);
  return frame;
}

type Heads = typeof ToClientSchema | typeof ToHostSchema;

/** The head alone, which is enough to show what happens. @throws BadFrame */
function headOf<S extends Heads>(frame: Uint8Array, schema: S): { head: v.InferOutput<S>; from: number } {
  if (frame.length < 4 || frame.length > MAX_FRAME_BYTES) throw new BadFrame(FRAME_WORDS.wrongLength(frame.length));
  const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0, true);
  const from = 4 + length;
  if (length > MAX_HEAD_BYTES || length % 4 !== 0 || from > frame.length) throw new BadFrame(FRAME_WORDS.cutHead);
  if ((frame.length - from) % 4 !== 0) throw new BadFrame(FRAME_WORDS.cutNumber);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(frame.subarray(4, from)));
  } catch {
    throw new BadFrame(FRAME_WORDS.noJson);
  }
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) throw new BadFrame(FRAME_WORDS.otherVersion(firstViolation(parsed.issues).what.slice(0, 200)));
  if (from < frame.length && !WITH_NUMBERS.has(parsed.output.type)) throw new BadFrame(FRAME_WORDS.needlessNumbers);
  return { head: parsed.output, from };
}

function decode<S extends Heads>(frame: Uint8Array, schema: S): Message<v.InferOutput<S>> {
  const { head, from } = headOf(frame, schema);
  return { head, values: new Float32Array(frame.slice(from).buffer) };
}

/** @throws BadFrame */
export const decodeToClient = (frame: Uint8Array) => decode(frame, ToClientSchema);
/** @throws BadFrame */
export const decodeToHost = (frame: Uint8Array) => decode(frame, ToHostSchema);
/** @throws BadFrame */
export const headToClient = (frame: Uint8Array): ToClientHead => headOf(frame, ToClientSchema).head;
/** @throws BadFrame */
export const headToHost = (frame: Uint8Array): ToHostHead => headOf(frame, ToHostSchema).head;
