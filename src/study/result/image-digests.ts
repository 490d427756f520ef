/** Digests of the reader's own images, by which a result knows the ones that it was computed from. */
import { without } from '../../core/without.ts';
import { imagesDigest } from '../../data/image/images-digest.ts';
import type { LabelledImages, Task } from '../../data/task.ts';
import { unitedMotifs } from './motifs.ts';
import type { StudyResult } from './result.ts';

const placesOf = ({ labels }: Pick<LabelledImages, 'labels'>): number[] => [...labels.keys()];

/**
 * Digests of what a study is tested on, and of what it is trained and validated on.
 * @param tested the labels of the images that are tested, the first ones of the task's
 */
export const imageDigests = (
  { train, validation, test }: Pick<Task, 'train' | 'validation' | 'test'>,
  tested: Pick<LabelledImages, 'labels'>,
): Digests => ({
  testDigest: imagesDigest(test, placesOf(tested)),
  trainDigest: [train, validation].map((images) => imagesDigest(images, placesOf(images))).join('/'),
});

const DIGESTS = ['testDigest', 'trainDigest'] as const;

type Digests = Pick<StudyResult['task'], (typeof DIGESTS)[number]>;

const digestsOf = (tasks: readonly Digests[], key: (typeof DIGESTS)[number]): string[] => [
  ...new Set(tasks.flatMap((task) => task[key] ?? [])),
];

/** Whether two of these that know their images have other ones. */
export const haveOtherDigests = (...tasks: readonly Digests[]): boolean =>
  DIGESTS.some((key) => digestsOf(tasks, key).length > 1);

/**
 * Whether images of results have different pixels: either they are others, or other browsers decoded the same files. Results do not tell which of the two, as
 * their devices name neither a machine nor a browser. Those that do not know their images count for nothing.
 */
export const haveOtherPixels = (...results: readonly StudyResult[]): boolean =>
  haveOtherDigests(...results.map(({ task }) => task));

/** A kept design effect is a mean over the tested runs of its study: so is that of all of them. */
function unitedEffect(results: readonly StudyResult[]): Pick<StudyResult['task'], 'designEffect'> {
  const known = results.flatMap(({ task: { designEffect }, runs }) =>
    designEffect === undefined ? [] : [{ designEffect, weight: Math.max(1, runs.filter(({ test }) => test).length) }],
  );
  if (known.length === 0) return {};
  const whole = known.reduce((sum, { weight }) => sum + weight, 0);
  return { designEffect: known.reduce((sum, { designEffect, weight }) => sum + (weight / whole) * designEffect, 0) };
}

/** The task of results that are united: the first one's, with the digests on which all that have one agree, and with the motifs that any of them knows. */
export const unitedTask = (...results: readonly StudyResult[]): StudyResult['task'] => {
  const agreed = DIGESTS.flatMap((key) => {
    const digests = digestsOf(
      results.map(({ task }) => task),
      key,
    );
    return digests.length === 1 ? [[key, digests[0]]] : [];
  });
  const bare = without(without(results[0].task, 'testDigest'), 'trainDigest');
  return {
    ...bare,
    ...unitedMotifs(...results.map(({ task }) => task.motifs)),
    ...unitedEffect(results),
    ...(Object.fromEntries(agreed) as Digests),
  };
};
