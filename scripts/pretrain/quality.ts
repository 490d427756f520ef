/** Zero-shot quality of a CLIP backbone on emoji: the figures of quality.json. */
import * as v from 'valibot';
import type { AtlasIndex, StyleId } from '../../src/data/bundled/atlas.ts';
import { compositeOnWhite } from '../../src/data/bundled/domains.ts';
import { className, promptOf } from '../../src/data/bundled/tasks.ts';
import type { Device } from '../../src/engine/device.ts';
import type { DeviceBackbone } from '../../src/engine/passes/weights.ts';
import { patchify, type Normalisation } from '../../src/model/patchify.ts';
import { imageFeatures, textFeatures } from './encode.ts';
import { readPictures } from './pictures.ts';
import { QUALITY_SUBGROUPS } from './recipe.ts';

export const QUALITY_STYLES = ['openmoji', 'fxemoji', 'noto', 'twemoji'] as const satisfies readonly StyleId[];

/** Accuracy in %, number of pictures. */
const Accuracy = v.tuple([v.number(), v.number()]);
const StyleQualitySchema = v.object({
  group9: Accuracy,
  sub16: Accuracy,
  /** Share of pictures, in %, whose own name is nearest, or among the five nearest, of all names in the style. */
  'R@1': v.number(),
  'R@5': v.number(),
  names: v.number(),
});
export const QualitySchema = v.object({
  openmoji: StyleQualitySchema,
  fxemoji: StyleQualitySchema,
  noto: StyleQualitySchema,
  twemoji: StyleQualitySchema,
});
export type Quality = v.InferOutput<typeof QualitySchema>;
type StyleQuality = v.InferOutput<typeof StyleQualitySchema>;

/** Converts pictures and prompts to model inputs. */
export interface Inputs {
  readonly normalisation: Normalisation;
  readonly patchSize: number;
  /** Token ids, [prompts, context]. */
  readonly tokenise: (prompts: readonly string[]) => Int32Array;
}

const nameOf = (label: string) => `a emoji of ${label}`;
const percent = (right: number, count: number) => Math.round((1000 * right) / count) / 10;

/** Rank of the correct row of `texts` for every image: how many others are at least as near. */
function ranks(images: Float32Array, texts: Float32Array, size: number, labels: readonly number[]): number[] {
  const candidates = texts.length / size;
  const cosine = (image: number, text: number) => {
    let sum = 0;
    for (let c = 0; c < size; c++) sum += images[image * size + c] * texts[text * size + c];
    return sum;
  };
  return labels.map((label, image) => {
    const own = cosine(image, label);
    let rank = 0;
    for (let text = 0; text < candidates; text++) if (text !== label && cosine(image, text) >= own) rank++;
    return rank;
  });
}

const rowsOf = (features: Float32Array, size: number, rows: readonly number[]): Float32Array => {
  const out = new Float32Array(rows.length * size);
  rows.forEach((row, i) => out.set(features.subarray(row * size, (row + 1) * size), i * size));
  return out;
};

const indices = (values: readonly number[], keep: (value: number) => boolean): number[] =>
  values.flatMap((value, i) => (keep(value) ? [i] : []));

async function styleQuality<T>(
  device: Device<T>,
  backbone: DeviceBackbone<T>,
  index: AtlasIndex,
  style: StyleId,
  { normalisation, patchSize, tokenise }: Inputs,
): Promise<StyleQuality> {
  const { count, size, rgba, concepts } = await readPictures(index, [style]);
  const patches = patchify(compositeOnWhite(rgba), count, size, patchSize, normalisation);
  const images = await imageFeatures(device, backbone, patches);
  const width = images.length / count;
  const encode = (prompts: readonly string[]) => textFeatures(device, backbone, tokenise(prompts));
  const classify = (labels: number[], chosen: Float32Array, texts: Float32Array): [number, number] => {
    const right = ranks(chosen, texts, width, labels).filter((rank) => rank === 0).length;
    return [percent(right, labels.length), labels.length];
  };
  const concept = Array.from(concepts, (i) => index.concepts[i]);

  const groups = await encode(index.groups.map((group) => promptOf(className(group))));
  const group9 = classify(
    concept.map(({ group }) => group),
    images,
    groups,
  );

  const subgroups = await encode(QUALITY_SUBGROUPS.map((name) => promptOf(className(name))));
  const subgroupLabels = concept.map(({ subgroup }) => QUALITY_SUBGROUPS.indexOf(index.subgroups[subgroup]));
  const inSubgroups = indices(subgroupLabels, (label) => label >= 0);
  const sub16 = classify(
    inSubgroups.map((i) => subgroupLabels[i]),
    rowsOf(images, width, inSubgroups),
    subgroups,
  );

  const names = await encode(concept.map(({ name }) => nameOf(name)));
  const nameRanks = ranks(
    images,
    names,
    width,
    indices(Array.from(concepts), () => true),
  );
  const within = (k: number) => percent(nameRanks.filter((rank) => rank < k).length, count);
  return { group9, sub16, 'R@1': within(1), 'R@5': within(5), names: count };
}

export async function measureQuality<T>(
  device: Device<T>,
  backbone: DeviceBackbone<T>,
  index: AtlasIndex,
  inputs: Inputs,
): Promise<Quality> {
  const entries: [string, StyleQuality][] = [];
  for (const style of QUALITY_STYLES) {
    entries.push([style, await styleQuality(device, backbone, index, style, inputs)]);
  }
  return Object.fromEntries(entries) as Quality;
}

/** All figures as [name, value], e.g. ["openmoji R@1", 9.9]. */
export function figures(quality: Quality): [string, number][] {
  return QUALITY_STYLES.flatMap((style): [string, number][] => {
    const { group9, sub16, ...retrieval } = quality[style];
    return [
      [`${style} group9`, group9[0]],
      [`${style} sub16`, sub16[0]],
      [`${style} R@1`, retrieval['R@1']],
      [`${style} R@5`, retrieval['R@5']],
    ];
  });
}
