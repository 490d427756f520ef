/** From dropped files to a data set: list → plan → (edit) → subsample → decode → remove copies → split. */
import type { DroppedDataset } from '../dropped.ts';
import type { DecodedImages } from './decode-all.ts';
import { decodeImages, listArchive, type DecodeOptions } from './decode-client.ts';
import { firstCopies } from './duplicates.ts';
import type { ImageSource } from './messages.ts';
import { planDrop, type DropPlan, type ListedFile, type PlannedImage } from './plan.ts';
import { counted, error, warning, type Problem } from './problem.ts';
import { assignSplits, type DropShares } from './split.ts';
import { subsample } from './subsample.ts';
import type { DroppedFile } from './walk.ts';

/** What was dropped, with where its bytes are. */
export interface Listing {
  readonly files: readonly ListedFile[];
  /** Null when the files are members of `archive`. */
  readonly blobs: readonly (Blob | null)[] | null;
  readonly archive: Blob | null;
  readonly plan: DropPlan;
}

/** Lists a single zip archive in the worker; anything else is taken as files and folders. */
export async function listDrop(dropped: readonly DroppedFile[], signal?: AbortSignal): Promise<Listing> {
  const archive = dropped.length === 1 && /\.zip$/i.test(dropped[0].path) ? dropped[0].blob : null;
  if (!archive)
    return { files: dropped, blobs: dropped.map(({ blob }) => blob), archive: null, plan: planDrop(dropped) };
  const { files, problems } = await listArchive(archive, signal);
  const plan = planDrop(files);
  // an archive that cannot be read says so itself; that it holds no images would only distract
  const unreadable = problems.some(({ severity }) => severity === 'error');
  const name =
    plan.name === planDrop([]).name ? dropped[0].path.replace(/^.*\//, '').replace(/\.zip$/i, '') : plan.name;
  return {
    files,
    blobs: null,
    archive,
    plan: { ...plan, name, problems: unreadable ? problems : [...problems, ...plan.problems] },
  };
}

export interface BuildOptions extends DecodeOptions {
  readonly imageSize: number;
  /** Of the subsample and the split. */
  readonly seed: number;
  /** From a class name, e.g. "a picture of {}". */
  readonly promptOf: (className: string) => string;
  readonly shares?: DropShares;
  readonly decode?: typeof decodeImages;
}

export interface BuiltDataset {
  /** Null when an error is among the problems. */
  readonly dataset: DroppedDataset | null;
  /** Those of the plan and what came up since. */
  readonly problems: readonly Problem[];
}

/**
 * Decodes what the plan names and splits it.
 *
 * @param plan that of the listing, edited or not
 * @throws the signal's reason when aborted; Error when the decode worker fails as a whole
 */
export async function buildDataset(listing: Listing, plan: DropPlan, options: BuildOptions): Promise<BuiltDataset> {
  const problems = [...plan.problems];
  const failed = () => problems.some(({ severity }) => severity === 'error');
  if (failed()) return { dataset: null, problems };
  const { imageSize, seed, decode = decodeImages } = options;
  const chosen = subsample(plan.images, plan.classes.length, seed);
  problems.push(...chosen.problems);
  const decoded = await decode(sourceOf(listing, chosen.images), imageSize, options);
  problems.push(...decoded.problems);
  const kept = withoutCopies(decoded, imageSize, problems);
  const images = kept.indices.map((i) => chosen.images[i]);
  if (images.length === 0) {
    problems.push(error(null, 'None of the images could be decoded. Drop JPEG, PNG, WebP, GIF, BMP or AVIF images.'));
    return { dataset: null, problems };
  }
  const labels = Int32Array.from(images, ({ label }) => label);
  const sides = images.map(({ side }) => side);
  const { split, problems: unsplit } = assignSplits(labels, sides, plan.classes, seed, options.shares);
  problems.push(...unsplit);
  if (failed()) return { dataset: null, problems };
  const { name, classes } = plan;
  const prompts = classes.map(options.promptOf);
  return { dataset: { name, imageSize, classes, prompts, pixels: kept.pixels, labels, split }, problems };
}

function sourceOf(listing: Listing, images: readonly PlannedImage[]): ImageSource {
  const { archive, blobs, files } = listing;
  if (archive) return { kind: 'archive', archive, paths: images.map(({ file }) => files[file].path) };
  const empty = new Blob([]);
  return {
    kind: 'files',
    paths: images.map(({ path }) => path),
    blobs: images.map(({ file }) => blobs?.[file] ?? empty),
  };
}

function withoutCopies(
  { pixels, indices }: DecodedImages,
  imageSize: number,
  problems: Problem[],
): { pixels: Uint8Array; indices: number[] } {
  const stride = imageSize * imageSize * 3;
  const first = firstCopies(pixels, stride);
  const kept = Array.from(first.keys()).filter((i) => first[i] === i);
  const copies = first.length - kept.length;
  if (copies > 0) {
    const are = `${counted(copies, 'image')} ${copies === 1 ? 'is an exact copy of another' : 'are exact copies of others'}`;
    problems.push(
      warning(null, `${are} at ${imageSize} × ${imageSize} pixels and left out, so that no test image is trained on.`),
    );
  }
  const chosen = new Uint8Array(kept.length * stride);
  kept.forEach((from, to) => chosen.set(pixels.subarray(from * stride, (from + 1) * stride), to * stride));
  return { pixels: chosen, indices: kept.map((i) => indices[i]) };
}
