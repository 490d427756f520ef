/**
 * The accuracy of every coalition of layers of the saved study's runs, as a file beside its result: counts of correct images, in base64 of 16-bit little-endian
 * integers by bit mask. About 11 kB per run of twelve layers, half of it when packed.
 */
import * as v from 'valibot';
import type { CoalitionValues } from './coalition-values.ts';
import { MAX_EXACT_PLAYERS } from './settings.ts';

/** The part of CoalitionValues that pruning by hand needs. */
export type CoalitionAccuracies = Omit<CoalitionValues, 'loss'>;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const CoalitionFileSchema = v.object({
  version: v.literal(1),
  /** provenance.date of the result it belongs to. */
  date: v.string(),
  runs: v.array(
    v.object({
      arm: v.string(),
      seed: count,
      players: v.pipe(
        v.array(v.object({ tower: v.picklist(['vision', 'text']), layer: count })),
        v.minLength(1),
        v.maxLength(MAX_EXACT_PLAYERS),
      ),
      images: v.pipe(count, v.minValue(1), v.maxValue(0xffff)),
      correct: v.string(),
    }),
  ),
});
export type CoalitionFile = v.InferOutput<typeof CoalitionFileSchema>;

/** @param date provenance.date of the result. @throws RangeError when there are more images than 16 bits can count. */
export function writeCoalitions(date: string, values: readonly CoalitionAccuracies[]): CoalitionFile {
  return {
    version: 1,
    date,
    runs: values.map(({ arm, seed, players, images, accuracy }) => {
      if (images > 0xffff) throw new RangeError(`A coalition file counts up to 65,535 images, not ${images}.`);
      let binary = '';
      for (const share of accuracy) {
        const correct = Math.round(share * images);
        binary += String.fromCharCode(correct & 0xff, correct >> 8);
      }
      return {
        arm,
        seed,
        players: players.map(({ tower, layer }) => ({ tower, layer })),
        images,
        correct: btoa(binary),
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
    let binary: string;
    try {
      binary = atob(correct);
    } catch {
      return null;
    }
    const accuracy = Float32Array.from(
      { length: binary.length >> 1 },
      (_, i) => (binary.charCodeAt(2 * i) + 256 * binary.charCodeAt(2 * i + 1)) / run.images,
    );
    if (accuracy.length !== 2 ** run.players.length || accuracy.some((share) => share > 1)) return null;
    runs.push({ ...run, accuracy });
  }
  return { date: parsed.output.date, runs };
}
