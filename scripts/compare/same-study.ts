/** How far two results of one study agree: gates, answers to single test images, losses, curves. Pure functions of results. */
import { unpackBits } from '../../src/platform/bits.ts';
import type { RunResult, StudyResult } from '../../src/study/result/result.ts';
import { testedImages } from '../../src/study/result/tested-images.ts';

/** A test image that one result has right and the other wrong. */
interface OtherAnswer {
  readonly arm: string;
  readonly seed: number;
  /** Its place among the test images, from 0. */
  readonly image: number;
  readonly rightIn: 'first' | 'second';
}

export interface Agreement {
  /** What each calls its backbone: names of equal weights may differ. */
  readonly backbones: readonly [first: string, second: string];
  /** What of the settings differs: paths such as training.steps. */
  readonly settings: readonly string[];
  /** Why single images cannot be compared; null: they can. */
  readonly otherImages: string | null;
  /** Whether the images that were trained on and validated are the same; null: one of the two does not know its images. */
  readonly sameTraining: boolean | null;
  /** Runs, as arm and seed, that one of the two lacks. */
  readonly missing: readonly string[];
  /** Runs that both have. */
  readonly runs: number;
  /** Runs with equal activation tapes, among those with tapes in both. */
  readonly gates: { readonly equal: number; readonly of: number };
  /** Answers, of every run to every test image, and those that are right in one result only. */
  readonly answers: { readonly other: readonly OtherAnswer[]; readonly of: number };
  /** Accuracy of every run on the test images, [first, second]. */
  readonly accuracies: readonly (readonly [arm: string, seed: number, first: number, second: number])[];
  /** Largest difference of the test losses; null where there is none in both. */
  readonly testLoss: number | null;
  /** Largest difference of the training losses at equal steps. */
  readonly trainingLoss: number | null;
  /** Largest difference of accuracies on the paths between seeds. */
  readonly paths: number | null;
}

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

const isTree = (value: Json): value is { readonly [key: string]: Json } => typeof value === 'object' && value !== null;

/** Paths at which two trees of values differ; a setting that is absent is not one that is there. */
export function differentPaths(first: Json, second: Json, path = ''): string[] {
  if (Object.is(first, second)) return [];
  if (!isTree(first) || !isTree(second)) return [path];
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...keys].flatMap((key) => differentPaths(first[key], second[key], path === '' ? key : `${path}.${key}`));
}

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Where its weights lie is no setting of a study. */
const settingsOf = ({ config }: StudyResult): Json => json({ ...config, backbone: undefined });

/** Of two digests; null where one is absent. */
const isSame = (first: string | undefined, second: string | undefined): boolean | null =>
  first === undefined || second === undefined ? null : first === second;

const nameOfTask = (id: string): string => (id === 'dropped' ? 'own images' : id);

/** The pixels of bundled images have no digests: they are those of their task. */
function imagesDiffer(one: StudyResult, other: StudyResult): string | null {
  const [first, second] = [one.task, other.task];
  const [images, others] = [testedImages(one), testedImages(other)];
  const tasks = [one.config.task, other.config.task];
  if (tasks[0] !== tasks[1]) return `those of other tasks: ${tasks.map(nameOfTask).join(' and ')}`;
  if (images !== others) return `${images} and ${others} test images`;
  if (first.classes.join('\n') !== second.classes.join('\n')) return 'other classes, or in another order';
  if (first.labels !== undefined && second.labels !== undefined && first.labels !== second.labels)
    return 'the test images are of other classes, or in another order';
  if (isSame(first.testDigest, second.testDigest) === false)
    return 'other pixels: other files, another split or other edits, or the same files decoded otherwise';
  return null;
}

/** The largest distance of numbers that both have; null where there are none. */
function largest(pairs: Iterable<readonly [number, number]>): number | null {
  let most: number | null = null;
  for (const [a, b] of pairs) most = Math.max(most ?? 0, Math.abs(a - b));
  return most;
}

function* lossesOf(first: RunResult, second: RunResult): Generator<readonly [number, number]> {
  for (const [i, step] of first.lossSteps.entries()) {
    const at = second.lossSteps.indexOf(step);
    if (at >= 0) yield [first.losses[i], second.losses[at]];
  }
}

function otherAnswers(first: RunResult, second: RunResult, images: number): OtherAnswer[] | null {
  if (first.test?.correct === undefined || second.test?.correct === undefined) return null;
  const { arm, seed } = first;
  const [one, two] = [first, second].map(({ test }) => unpackBits(test?.correct ?? '', images, 'A list of answers'));
  return [...one].flatMap((right, image) =>
    right === two[image] ? [] : [{ arm, seed, image, rightIn: right ? ('first' as const) : ('second' as const) }],
  );
}

function* pathAccuracies(first: StudyResult, second: StudyResult): Generator<readonly [number, number]> {
  for (const { arm, seeds, path, alignment, lambdas, accuracy } of first.landscape) {
    const other = second.landscape.find(
      (each) =>
        each.arm === arm && each.path === path && each.alignment === alignment && String(each.seeds) === String(seeds),
    );
    if (!other || String(other.lambdas) !== String(lambdas)) continue;
    for (const [i, value] of accuracy.entries()) yield [value, other.accuracy[i]];
  }
}

/** Compares what both have. The backbone's name and the device do not count as settings. */
export function agreementOf(first: StudyResult, second: StudyResult): Agreement {
  const name = ({ arm, seed }: RunResult) => `${arm} ${seed}`;
  const pairs = first.runs.flatMap((run) => {
    const other = second.runs.find((each) => name(each) === name(run));
    return other ? [[run, other] as const] : [];
  });
  const both = new Set(pairs.map(([run]) => name(run)));
  const tapes = pairs.filter(([a, b]) => a.gates !== null && b.gates !== null);
  const otherImages = imagesDiffer(first, second);
  const images = testedImages(first);
  const answers = otherImages === null ? pairs.map(([a, b]) => otherAnswers(a, b, images)) : [];
  const compared = answers.filter((other) => other !== null);
  const tested = pairs.flatMap(([a, b]) => (a.test && b.test ? [[a, a.test, b.test] as const] : []));
  return {
    backbones: [first.config.backbone, second.config.backbone],
    settings: differentPaths(settingsOf(first), settingsOf(second)),
    otherImages,
    sameTraining: isSame(first.task.trainDigest, second.task.trainDigest),
    missing: [...first.runs, ...second.runs].map(name).filter((each) => !both.has(each)),
    runs: pairs.length,
    gates: { equal: tapes.filter(([a, b]) => a.gates === b.gates).length, of: tapes.length },
    answers: { other: compared.flat(), of: compared.length * images },
    accuracies: tested.map(([{ arm, seed }, a, b]) => [arm, seed, a.accuracy, b.accuracy] as const),
    testLoss: largest(tested.map(([, a, b]) => [a.loss, b.loss] as const)),
    trainingLoss: largest(pairs.flatMap(([a, b]) => [...lossesOf(a, b)])),
    paths: largest(pathAccuracies(first, second)),
  };
}
