/** How Shapley values are spread over the layers. */
import { bytesFromBase64, bytesToBase64 } from '../../../platform/bits.ts';
import type { ShapleyResult } from '../../analyses/shapley/result.ts';
import { finite, type Measure } from './measure.ts';

/** The largest value of a signed byte: influences are stored as shares of the largest one. */
const BYTE_RANGE = 127;

/** Packs influences [images] as one byte each, which is precise enough for their variance. */
export function packInfluence(influence: Float64Array): NonNullable<ShapleyResult['topThirdInfluence']> {
  const scale = influence.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / BYTE_RANGE;
  const bytes = Int8Array.from(influence, (value) => (scale > 0 ? Math.round(value / scale) : 0));
  return { scale, values: bytesToBase64(new Uint8Array(bytes.buffer)) };
}

function influenceOf({ topThirdInfluence, images }: ShapleyResult): Int8Array | null {
  if (!topThirdInfluence) return null;
  try {
    const bytes = bytesFromBase64(topThirdInfluence.values, 'A list of influences');
    return bytes.length === images ? new Int8Array(bytes.buffer) : null;
  } catch {
    return null; // Same handling as for damaged lists of answers.
  }
}

export const TOP_THIRD_SHARE: Measure = {
  id: 'top third',
  name: 'share of Shapley value in the top third of layers',
  unit: 'seed',
  lowerIsBetter: true,
  images: ({ shapley }) => shapley[0]?.images ?? null,
  values: (result, arm) =>
    result.shapley.flatMap((entry) => {
      const { seed, topThirdShare, topThirdInfluence, accuracy } = entry;
      if (entry.arm !== arm || !finite(topThirdShare)) return [];
      const credit = accuracy.reduce((sum, value) => sum + Math.abs(value), 0);
      const sensitivity = 1 / credit ** 2 / 2;
      const bytes = influenceOf(entry);
      const { scale } = topThirdInfluence ?? { scale: 0 };
      return [
        {
          seeds: [seed],
          value: topThirdShare,
          sensitivity,
          ...(bytes && { byImage: Float64Array.from(bytes, (value) => topThirdShare + scale * value) }),
        },
      ];
    }),
};
