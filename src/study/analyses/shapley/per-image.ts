/** Shapley values of single images: which layers help with which picture. */
import type { Player } from '../../../core/adapter-layout.ts';
import { mean } from '../../../core/statistics.ts';
import type { CoalitionTally } from '../../../copra/shapley/coalition-tally.ts';
import { bytesFromBase64, bytesToBase64 } from '../../../platform/bits.ts';
import type { ShapleyResult } from './result.ts';

/** Most bytes of a run: 16 layers of 8,192 images. Base64 makes them a third longer in files. */
const MOST_BYTES = 2 ** 20;

const FLOAT_BYTES = 4;
const WHAT = 'A list of Shapley values of images';

type PerImage = NonNullable<ShapleyResult['perImage']>;

/** Base64 of float32, little-endian. */
function packFloats(values: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(FLOAT_BYTES * values.length));
  for (let i = 0; i < values.length; i++) view.setFloat32(FLOAT_BYTES * i, values[i], true);
  return bytesToBase64(new Uint8Array(view.buffer));
}

/** The inverse of packFloats. Null when the text is damaged or holds other than `length` values: it then counts as absent. */
function readFloats(text: string, length: number): Float32Array | null {
  try {
    const bytes = bytesFromBase64(text, WHAT);
    if (bytes.length !== FLOAT_BYTES * length) return null;
    const view = new DataView(bytes.buffer);
    const values = new Float32Array(length);
    // A loop, as in bytesFromBase64.
    for (let i = 0; i < length; i++) values[i] = view.getFloat32(FLOAT_BYTES * i, true);
    return values;
  } catch {
    return null;
  }
}

/** [players, images] of both quantities. Null where there are too many images. */
export function perImageOf({ perImage: { accuracy, loss } }: Pick<CoalitionTally, 'perImage'>): PerImage | null {
  if (2 * FLOAT_BYTES * accuracy.length > MOST_BYTES) return null;
  return { accuracy: packFloats(accuracy), loss: packFloats(loss) };
}

/** Places of the images that a run's values are of: the first of the tested images, as far as they are kept. */
export const analysedPlaces = ({ images }: Pick<ShapleyResult, 'images'>, kept: readonly number[]): readonly number[] =>
  kept.filter((place) => place < images);

/** The values of the images at `to`, which are among those at `from`. */
export function perImageAt(run: ShapleyResult, from: readonly number[], to: readonly number[]): PerImage | null {
  const { perImage, players } = run;
  if (!perImage) return null;
  const columns = to.map((place) => from.indexOf(place));
  const chosen = (text: string): string | null => {
    const values = readFloats(text, players.length * from.length);
    return (
      values &&
      packFloats(players.flatMap((_, player) => columns.map((column) => values[player * from.length + column])))
    );
  };
  const [accuracy, loss] = [chosen(perImage.accuracy), chosen(perImage.loss)];
  return accuracy !== null && loss !== null ? { accuracy, loss } : null;
}

/** Shapley values of the layers for single images: those of the projections of a layer are added up. */
interface ImageCredit {
  readonly players: readonly Player[];
  /** [images]: places among the tested images. */
  readonly places: readonly number[];
  /** [players][images], in correctness (0 or 1) and in −loss (nats). */
  readonly accuracy: readonly Float64Array[];
  readonly loss: readonly Float64Array[];
}

/** Null where they are not kept. @param kept places of the images of the result whose answers are kept */
export function imageCredit(run: ShapleyResult, kept: readonly number[]): ImageCredit | null {
  const places = analysedPlaces(run, kept);
  const { players, perImage } = run;
  if (!perImage || places.length === 0) return null;
  const [accuracy, loss] = [perImage.accuracy, perImage.loss].map((text) =>
    readFloats(text, players.length * places.length),
  );
  if (!accuracy || !loss) return null;
  const layers = [...new Map(players.map(({ tower, layer }) => [`${tower} ${layer}`, { tower, layer }])).values()];
  const ofLayers = (values: Float32Array): Float64Array[] =>
    layers.map(({ tower, layer }) => {
      const sum = new Float64Array(places.length);
      players.forEach((player, p) => {
        if (player.tower !== tower || player.layer !== layer) return;
        for (let i = 0; i < places.length; i++) sum[i] += values[p * places.length + i];
      });
      return sum;
    });
  return { players: layers, places, accuracy: ofLayers(accuracy), loss: ofLayers(loss) };
}

/**
 * The Shapley analysis of some images alone, run by run. Its errors are unknown and stand as 0. Runs without values of these images are left out.
 * @param fits whether an image counts, by its place
 */
export function shapleyOfImages(
  runs: readonly ShapleyResult[],
  kept: readonly number[],
  fits: (place: number) => boolean,
): ShapleyResult[] {
  return runs.flatMap((run) => {
    const credit = imageCredit(run, kept);
    if (!credit) return [];
    const columns = credit.places.flatMap((place, i) => (fits(place) ? [i] : []));
    if (columns.length === 0) return [];
    const means = (values: readonly Float64Array[]): number[] =>
      values.map((row) => mean(columns.map((column) => row[column])));
    const none = credit.players.map(() => 0);
    return [
      {
        ...run,
        players: [...credit.players],
        accuracy: means(credit.accuracy),
        loss: means(credit.loss),
        accuracyError: none,
        lossError: none,
        images: columns.length,
      },
    ];
  });
}
