/** Decodes the images of domains: subsample → decode → leave out copies of trained images. Nothing of them touches the images that are trained on. */
import { denseMotifs } from '../../core/clusters.ts';
import { chosenImages } from '../image/chosen-images.ts';
import { nextTask } from '../../platform/next-task.ts';
import { someOf, warning, type Problem } from '../files/problem.ts';
import type { JobOptions, OpenedDataset } from './dataset-client.ts';
import { afterMotifs, SPLIT, type DroppedDomain } from './dropped.ts';
import { pixelHash } from './duplicates.ts';
import type { DomainPlan } from './held-out.ts';
import { PLAN_WORDS } from './messages.ts';
import { lookalikesAmong, type Fingerprints } from './near-duplicates.ts';
import type { PlannedImage } from './plan.ts';
import type { PreparedImages } from './prepare.ts';
import { imageLimit } from './image-limit.ts';
import { subsample } from './subsample.ts';

/** A domain, and what decodes its images. */
export interface DomainSource extends DomainPlan, Pick<OpenedDataset, 'prepare'> {}

/** What is trained, validated and tested on. */
export interface Trained {
  /** Classes that the labels of domains index into. */
  readonly plan: readonly string[];
  /** Those of them that are left. */
  readonly classes: readonly string[];
  readonly images: readonly PlannedImage[];
  /** [images, imageSize, imageSize, 3] */
  readonly pixels: Uint8Array;
  /** [images] */
  readonly split: Uint8Array;
  /** Of all prepared images, which are kept on this device together: those that look almost alike share a number. */
  readonly groups: Int32Array;
  /** Of all prepared images; undefined where near copies are not looked for. */
  readonly prints: Fingerprints | undefined;
  /** [images], positions among the prepared images. */
  readonly places: readonly number[];
}

interface DomainOptions extends JobOptions {
  readonly imageSize: number;
  readonly seed: number;
}

/** An accuracy is about as exact with more. */
const MOST = 1_000;

/** Most images of each of so many domains: together they take no more memory than the images that are trained on. */
const domainLimit = (imageSize: number, domains: number): number =>
  Math.max(1, Math.min(MOST, Math.floor(imageLimit(imageSize) / Math.max(1, domains))));

/** @param problems get what is wrong with the images; domains without a usable one are left out */
export async function buildDomains(
  sources: readonly DomainSource[],
  trained: Trained,
  options: DomainOptions,
  problems: Problem[],
): Promise<DroppedDomain[]> {
  const limit = domainLimit(options.imageSize, sources.length);
  const domains: DroppedDomain[] = [];
  for (const source of sources) {
    const next = afterMotifs({ motifs: trained.groups }, ...domains);
    const domain = await buildDomain(source, limit, trained, next, options, problems);
    if (domain) domains.push(domain);
    else problems.push(warning(null, PLAN_WORDS.domains.none(source.name)));
    // Comparing images of one domain takes some tens of milliseconds.
    await nextTask();
  }
  return domains;
}

async function buildDomain(
  { name, images, prepare }: DomainSource,
  limit: number,
  trained: Trained,
  firstMotif: number,
  options: DomainOptions,
  problems: Problem[],
): Promise<DroppedDomain | null> {
  const { imageSize, seed } = options;
  const labelOf = trained.plan.map((name) => trained.classes.indexOf(name));
  const usable = images.filter(({ label }) => labelOf[label] >= 0);
  if (usable.length === 0) return null;
  const { images: drawn } = subsample(usable, trained.plan.length, seed, limit);
  if (drawn.length < usable.length)
    problems.push(warning(null, PLAN_WORDS.domains.subsample(name, drawn.length, usable.length)));
  const records = drawn.map(({ record }) => record).sort((a, b) => a - b);
  const prepared = await prepare(records, imageSize, true, options);
  problems.push(...prepared.problems);
  const byRecord = new Map(drawn.map((image) => [image.record, image]));
  const planned = Array.from(prepared.records, (record) => byRecord.get(record) as PlannedImage);
  const kept = withoutTrained(name, planned, prepared, trained, imageSize, problems);
  if (kept.length === 0) return null;
  const stride = imageSize * imageSize * 3;
  // The order says nothing of the classes, and is the same when the images come back from this device.
  const hashes = new Map(
    kept.map((i) => [i, pixelHash(prepared.pixels.subarray(i * stride, (i + 1) * stride))] as const),
  );
  const order = kept.toSorted((a, b) => (hashes.get(a) ?? 0) - (hashes.get(b) ?? 0));
  const pixels = chosenImages(prepared.pixels, stride, order);
  // Numbered from 0: groups that come back from this device have the numbers that they were stored with.
  const motifs = denseMotifs(order.map((i) => prepared.groups[i]));
  return {
    name,
    pixels,
    labels: Int32Array.from(order, (i) => labelOf[planned[i].label]),
    motifs: Int32Array.from(motifs, (motif) => firstMotif + motif),
  };
}

const hashOf = ({ hashes }: Fingerprints, i: number): string => hashes.subarray(4 * i, 4 * i + 4).join();

/** Exact copies of images for training or validation are left out; those that only look like one are named. @returns positions that stay */
function withoutTrained(
  name: string,
  images: readonly PlannedImage[],
  { pixels, prints }: PreparedImages,
  trained: Trained,
  imageSize: number,
  problems: Problem[],
): number[] {
  const all = [...images.keys()];
  if (!prints || !trained.prints) return all;
  const stride = imageSize * imageSize * 3;
  const image = (of: Uint8Array, i: number): Uint8Array => of.subarray(i * stride, (i + 1) * stride);
  const seen = [...trained.split.keys()].filter((i) => trained.split[i] !== SPLIT.test);
  const placeOf = new Map(seen.map((i) => [trained.places[i], i]));
  const byHash = new Map<string, number[]>();
  for (const [place, i] of placeOf) {
    const key = hashOf(trained.prints, place);
    byHash.set(key, [...(byHash.get(key) ?? []), i]);
  }
  const isCopy = (i: number): boolean => {
    const own = image(pixels, i);
    const alike = byHash.get(hashOf(prints, i)) ?? [];
    return alike.some((twin) => image(trained.pixels, twin).every((value, at) => value === own[at]));
  };
  const copies = new Set(all.filter(isCopy));
  const twins = lookalikesAmong(prints, trained.prints, [...placeOf.keys()]);
  const twinOf = (i: number): number | undefined => placeOf.get(twins[i]);
  const alike = all.filter((i) => twinOf(i) !== undefined && !copies.has(i));
  if (copies.size > 0) problems.push(warning(null, PLAN_WORDS.domains.copies(name, copies.size), copies.size));
  if (alike.length > 0) {
    const pairs = alike.map((i) => PLAN_WORDS.pair(images[i].path, trained.images[twinOf(i) as number].path));
    problems.push(warning(null, PLAN_WORDS.domains.leak(name, alike.length, someOf(pairs, 2)), alike.length));
  }
  return all.filter((i) => !copies.has(i));
}
