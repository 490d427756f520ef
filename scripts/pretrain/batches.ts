/** Batches as a pure function of seed and step, so that a run can resume anywhere. */
import { stream } from '../../src/core/rng.ts';
import type { AtlasIndex } from '../../src/data/bundled/atlas.ts';
import { augmentRgba } from '../../src/data/image/augment.ts';
import type { ImagesAndCaptions } from './all-weights/contrastive-pass.ts';
import { patchify } from '../../src/model/patchify.ts';
import { drawCaption } from './captions.ts';
import type { Pictures } from './pictures.ts';
import type { Inputs } from './quality.ts';
import { augmentationAt, type Recipe } from './recipe.ts';

export interface Batches {
  readonly stepsPerEpoch: number;
  /** @param step counts from 0 */
  batch(step: number): ImagesAndCaptions;
}

/** Every epoch visits the pictures in a new order and drops the last incomplete batch. */
export function createBatches(
  index: AtlasIndex,
  { count, size, rgba, concepts }: Pictures,
  { normalisation, patchSize, tokenise }: Inputs,
  recipe: Recipe,
  seed: number,
): Batches {
  const { batch: batchSize } = recipe;
  const stepsPerEpoch = Math.floor(count / batchSize);
  if (stepsPerEpoch < 1) throw new RangeError(`${count} pictures do not fill a batch of ${batchSize}.`);
  const steps = stepsPerEpoch * recipe.epochs;
  const stride = size * size * 4;
  let epochOfOrder = -1;
  let order: Uint32Array = new Uint32Array();

  const chosen = (step: number): Uint32Array => {
    const epoch = Math.floor(step / stepsPerEpoch);
    if (epoch !== epochOfOrder) {
      order = stream(seed, 'order', epoch).shuffle(Uint32Array.from({ length: count }, (_, i) => i));
      epochOfOrder = epoch;
    }
    const from = (step % stepsPerEpoch) * batchSize;
    return order.subarray(from, from + batchSize);
  };

  return {
    stepsPerEpoch,
    batch(step) {
      const pictures = chosen(step);
      const artwork = new Uint8Array(batchSize * stride); // [B, size, size, 4]
      pictures.forEach((picture, i) =>
        artwork.set(rgba.subarray(picture * stride, (picture + 1) * stride), i * stride),
      );
      const style = augmentationAt(recipe, step, steps);
      const rgb = augmentRgba(artwork, size, stream(seed, 'augment', step), style); // [B, size, size, 3]
      const rng = stream(seed, 'pretrain', step + 1); // 0 drew the initial weights
      const captions = Array.from(pictures, (picture) => drawCaption(index, concepts[picture], rng));
      return {
        patches: patchify(rgb, batchSize, size, patchSize, normalisation),
        ...distinctCaptions(captions, tokenise),
      };
    },
  };
}

/** Captions are equal if their tokens are. */
function distinctCaptions(
  captions: readonly string[],
  tokenise: Inputs['tokenise'],
): Pick<ImagesAndCaptions, 'tokens' | 'captionOfImage'> {
  const tokens = tokenise(captions);
  const context = tokens.length / captions.length;
  const known = new Map<string, number>();
  const rows: Int32Array[] = [];
  const captionOfImage = Int32Array.from(captions, (_, i) => {
    const row = tokens.subarray(i * context, (i + 1) * context);
    const key = row.join(' ');
    const place = known.get(key) ?? rows.length;
    if (place === rows.length) {
      known.set(key, place);
      rows.push(row);
    }
    return place;
  });
  const distinct = new Int32Array(rows.length * context);
  rows.forEach((row, i) => distinct.set(row, i * context));
  return { tokens: distinct, captionOfImage };
}
