/**
 * The accuracy of every coalition of layers of the saved study's runs, as a file beside its result: counts of correct images by bit mask, in base64 of bytes, or
 * of 16-bit little-endian integers where there are more than 255 images or an earlier version wrote it; the length tells. A run takes about 5 kB with twelve
 * layers and 87 kB with sixteen, so of many layers only the first seeds are kept.
 */
import * as v from 'valibot';
import { bytesFromBase64, bytesToBase64 } from '../../../platform/bits.ts';
import { count, player } from '../../result/measured.ts';
import type { CoalitionValues } from './coalition-values.ts';
import { MAX_EXACT } from './settings.ts';

/** The part of CoalitionValues that pruning by hand needs. */
export type CoalitionAccuracies = Omit<CoalitionValues, 'loss'>;

const CoalitionFileSchema = v.object({
  version: v.literal(1),
  /** provenance.date of the result it belongs to. */
  date: v.string(),
  runs: v.array(
    v.object({
      arm: v.string(),
      seed: count,
      players: v.pipe(v.array(player), v.minLength(1), v.maxLength(MAX_EXACT.players)),
      images: v.pipe(count, v.minValue(1), v.maxValue(0xffff)),
      correct: v.string(),
    }),
  ),
});
export type CoalitionFile = v.InferOutput<typeof CoalitionFileSchema>;

/** Most coalitions in a file, over all its runs: four runs of sixteen layers, or 64 of twelve. */
const MOST_COALITIONS = 2 ** 18;

/** The first runs of every arm, as many of each as fit. */
function thatFit(values: readonly CoalitionAccuracies[]): CoalitionAccuracies[] {
  const arms = [...new Set(values.map(({ arm }) => arm))];
  const largest = Math.max(1, ...values.map(({ accuracy }) => accuracy.length));
  const most = Math.max(1, Math.floor(MOST_COALITIONS / largest / Math.max(1, arms.length)));
  const kept = new Set(arms.flatMap((arm) => values.filter((run) => run.arm === arm).slice(0, most)));
  return values.filter((run) => kept.has(run));
}

/** Most images whose counts fit in a byte. */
const BYTE_IMAGES = 0xff;

function countsOf({ images, accuracy }: CoalitionAccuracies): Uint8Array {
  const counts = Array.from(accuracy, (share) => Math.round(share * images));
  return images > BYTE_IMAGES
    ? Uint8Array.from(counts.flatMap((count) => [count & 0xff, count >> 8]))
    : Uint8Array.from(counts);
}

/** [coalitions]; null when the bytes are not as many. */
function readCounts(bytes: Uint8Array, coalitions: number, images: number): number[] | null {
  if (bytes.length === coalitions && images <= BYTE_IMAGES) return [...bytes];
  if (bytes.length !== 2 * coalitions) return null;
  return Array.from({ length: coalitions }, (_, i) => bytes[2 * i] + 256 * bytes[2 * i + 1]);
}

/**
 * Of many large runs only the first of every arm are written.
 * @param date provenance.date of the result
 * @throws RangeError when there are more images than 16 bits can count
 */
export function writeCoalitions(date: string, values: readonly CoalitionAccuracies[]): CoalitionFile {
  return {
    version: 1,
    date,
    runs: thatFit(values).map((run) => {
      const { arm, seed, players, images } = run;
      if (images > 0xffff) throw new RangeError(`A coalition file counts up to 65,535 images, not ${images}.`);
      return {
        arm,
        seed,
        players: players.map(({ tower, layer }) => ({ tower, layer })),
        images,
        correct: bytesToBase64(countsOf(run)),
      };
    }),
  };
}

/** The inverse of writeCoalitions. Null for anything else, or a damaged file. */
export function readCoalitions(value: unknown): { date: string; runs: CoalitionAccuracies[] } | null {
  const parsed = v.safeParse(CoalitionFileSchema, value);
  if (!parsed.success) return null;
  const runs: CoalitionAccuracies[] = [];
  for (const { correct, ...run } of parsed.output.runs) {
    let bytes: Uint8Array;
    try {
      bytes = bytesFromBase64(correct, 'A table of coalitions');
    } catch {
      return null;
    }
    const counts = readCounts(bytes, 2 ** run.players.length, run.images);
    if (!counts?.every((count) => count <= run.images)) return null;
    runs.push({ ...run, accuracy: Float32Array.from(counts, (count) => count / run.images) });
  }
  return { date: parsed.output.date, runs };
}
