/**
 * How the reader's own images differ from those that a result was computed from: read off the images that a study gets, so that it tells whatever an
 * edit on the page does to them.
 */
import { hash32 } from '../../core/hash.ts';
import { integer } from '../../core/number-format.ts';
import { SPLIT, type DroppedDataset } from '../../data/dataset/dropped.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { change, type ConfigChange } from './config-changes.ts';
import { STUDY_STATE_WORDS } from './messages.ts';

/** What is remembered of the images of a study, without their pixels. */
export interface StudyImages {
  readonly imageSize: number;
  readonly classes: readonly string[];
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Differs where other images are trained on, validated or tested. */
  readonly digest: number;
  /** Those that are tested on and not trained on. */
  readonly domains: readonly { readonly name: string; readonly count: number; readonly digest: number }[];
}

/** Pixels that tell images apart: as many of every data set, spread over it. */
const SAMPLES = 1 << 16;

function digestOf(pixels: Uint8Array, ...lists: readonly (Int32Array | Uint8Array)[]): number {
  let digest = pixels.length;
  const add = (value: number): void => void (digest = hash32(digest ^ value));
  for (const list of lists) list.forEach(add);
  // Odd, so that it meets all three channels.
  const step = Math.floor(pixels.length / SAMPLES) | 1;
  for (let i = 0; i < pixels.length; i += step) add(pixels[i]);
  return digest;
}

const remembered = new WeakMap<DroppedDataset, StudyImages>();

/** Computed once per data set: an edit on the page makes another. */
export function imagesOf(dataset: DroppedDataset): StudyImages {
  const images = remembered.get(dataset) ?? readImages(dataset);
  remembered.set(dataset, images);
  return images;
}

function readImages({ imageSize, classes, pixels, labels, split, others = [] }: DroppedDataset): StudyImages {
  const count = (side: number): number => split.reduce((sum, one) => sum + Number(one === side), 0);
  return {
    imageSize,
    classes,
    train: count(SPLIT.train),
    validation: count(SPLIT.validation),
    test: count(SPLIT.test),
    digest: digestOf(pixels, labels, split),
    domains: others.map((other) => ({
      name: other.name,
      count: other.labels.length,
      digest: digestOf(other.pixels, other.labels),
    })),
  };
}

/**
 * Differences that a run would make, most consequential first; empty where one of the two is unknown. Another size is one of the settings.
 * @param testsDomains both studies test on other domains
 */
export function imageChanges(
  shown: StudyImages | null,
  edited: StudyImages | null,
  testsDomains: boolean,
): ConfigChange[] {
  if (!shown || !edited) return [];
  const words = STUDY_STATE_WORDS.images;
  const counts = (['train', 'validation', 'test'] as const).flatMap((side) =>
    change(words[side], integer(shown[side]), integer(edited[side]), 'training'),
  );
  const own = [...change(words.classes, shown.classes.join(', '), edited.classes.join(', '), 'training'), ...counts];
  const isSameSize = shown.imageSize === edited.imageSize;
  const others = own.length === 0 && isSameSize && shown.digest !== edited.digest;
  const domains = testsDomains ? domainChanges(shown, edited, isSameSize) : [];
  return [
    ...own,
    ...(others ? change(words.images, '', STUDY_STATE_WORDS.changes.changed, 'training') : []),
    ...domains,
  ];
}

/** Whether they were read at different sizes, so that their pixels tell nothing of whether they are the same. */
export const isOtherSize = (shown: StudyImages | null, edited: StudyImages | null): boolean =>
  shown !== null && edited !== null && shown.imageSize !== edited.imageSize;

/** The same between studies with these settings: none where one of them is of bundled images. */
export const ownImageChanges = (
  studies: readonly StudyConfig[],
  shown: StudyImages | null,
  edited: StudyImages | null,
): ConfigChange[] =>
  studies.every(({ task }) => task === 'dropped')
    ? imageChanges(
        shown,
        edited,
        studies.every(({ analyses }) => analyses.domains?.enabled === true),
      )
    : [];

function domainChanges(shown: StudyImages, edited: StudyImages, isSameSize: boolean): ConfigChange[] {
  const { domain, count } = STUDY_STATE_WORDS.images;
  const { changed } = STUDY_STATE_WORDS.changes;
  const names = new Set([...shown.domains, ...edited.domains].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const [before, after] = [shown, edited].map(({ domains }) => domains.find((one) => one.name === name));
    const [from, to] = [before, after].map((one) => (one ? count(one.count) : '–'));
    if (from !== to) return change(domain(name), from, to, 'analyses');
    const isOther = isSameSize && before?.digest !== after?.digest;
    return isOther ? change(domain(name), '', changed, 'analyses') : [];
  });
}
