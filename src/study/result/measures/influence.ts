/** Numbers of single images around their mean, as one signed byte each: precise enough for their variance. */
import { bytesFromBase64, bytesToBase64 } from '../../../platform/bits.ts';

/** Signed bytes times `scale`. */
export interface PackedInfluence {
  readonly scale: number;
  readonly values: string;
}

/** The largest value of a signed byte: influences are stored as shares of the largest one. */
const BYTE_RANGE = 127;

/** @param influence [images], centred at 0 */
export function packInfluence(influence: Float64Array): PackedInfluence {
  const scale = influence.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / BYTE_RANGE;
  const bytes = Int8Array.from(influence, (value) => (scale > 0 ? Math.round(value / scale) : 0));
  return { scale, values: bytesToBase64(new Uint8Array(bytes.buffer)) };
}

/** [images]; null when it is absent, damaged or of other images. */
export function unpackInfluence(packed: PackedInfluence | undefined, images: number): Float64Array | null {
  if (!packed) return null;
  try {
    const bytes = bytesFromBase64(packed.values, 'A list of influences');
    if (bytes.length !== images) return null;
    return Float64Array.from(new Int8Array(bytes.buffer), (value) => packed.scale * value);
  } catch {
    return null; // Same handling as for damaged lists of answers.
  }
}
