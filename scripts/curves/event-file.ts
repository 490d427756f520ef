/**
 * Event files of TensorBoard. A file is a list of records, a record a length, its checksum, a message and its checksum (TFRecord); a message is an `Event` in
 * Protocol Buffers (tensorflow/core/util/event.proto), of which four fields are written here:
 *
 *   1 wall_time   double
 *   2 step        int64
 *   3 file_version string, in the first event only: "brain.Event:2"
 *   5 summary     a list of values: 1 tag (string), 2 simple_value (float)
 */
import { crc32c } from '../../src/core/crc32.ts';

export interface Scalar {
  /** Charts of TensorBoard: what stands before "/" is a group. */
  readonly tag: string;
  readonly step: number;
  readonly value: number;
}

const VERSION = 'brain.Event:2';

/** Kinds of fields on the wire. */
const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Seven bits a byte, the lowest first; the eighth says that more follow. @param value a whole number from 0 to 2⁵³ */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

const key = (field: number, wire: number): number[] => varint(field * 8 + wire);

const bytesField = (field: number, bytes: ArrayLike<number>): number[] => [
  ...key(field, WIRE.bytes),
  ...varint(bytes.length),
  ...Array.from(bytes),
];

function float64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return bytes;
}

function float32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return bytes;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** @param wallTime seconds since 1970 */
const eventOf = (wallTime: number, ...fields: readonly (readonly number[])[]): Uint8Array =>
  Uint8Array.from([...key(1, WIRE.fixed64), ...float64(wallTime), ...fields.flat()]);

function scalarEvent({ tag, step, value }: Scalar, wallTime: number): Uint8Array {
  const entry = [...bytesField(1, text(tag)), ...key(2, WIRE.fixed32), ...float32(value)];
  return eventOf(wallTime, [...key(2, WIRE.varint), ...varint(step)], bytesField(5, bytesField(1, entry)));
}

/** TFRecord masks its checksums, because a checksum of data that holds checksums detects less. */
function masked(bytes: Uint8Array): number {
  const sum = crc32c(bytes);
  return (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0;
}

function record(message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16 + message.length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(message.length), true);
  view.setUint32(8, masked(bytes.subarray(0, 8)), true);
  bytes.set(message, 12);
  view.setUint32(12 + message.length, masked(message), true);
  return bytes;
}

/** @param wallTime seconds since 1970, of all events */
export function eventFile(scalars: readonly Scalar[], wallTime: number): Uint8Array {
  const first = eventOf(wallTime, bytesField(3, text(VERSION)));
  const records = [first, ...scalars.map((scalar) => scalarEvent(scalar, wallTime))].map(record);
  const file = new Uint8Array(records.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const bytes of records) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}
