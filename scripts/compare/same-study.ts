/** How far two results of one study agree: gates, answers to single test images, losses, curves. Pure functions of results. */
import { unpackBits } from '../../src/platform/bits.ts';
import type { FederatedRun } from '../../src/study/analyses/federated/result.ts';
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

/** Of federations: an arm under a rule with a seed is a course. */
interface AgreementOfCourses {
  /** Courses that one of the two lacks. */
  readonly missing: readonly string[];
  /** Courses that both have. */
  readonly courses: number;
  /** Whether all clients hold as many images of every kind. */
  readonly samePartitions: boolean;
  /** Answers of global models after the last round, and how many of them are right in one result only. */
  readonly answers: { readonly other: number; readonly of: number };
  /** Largest difference of test losses after a round that both have. */
  readonly loss: number | null;
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
  /** null: neither is federated. */
  readonly federated: AgreementOfCourses | null;
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

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;

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

/** Images that are right in one of two lists of answers only; null where one of them is not known. */
function otherAnswers(
  first: string | undefined,
  second: string | undefined,
  images: number,
): Pick<OtherAnswer, 'image' | 'rightIn'>[] | null {
  if (first === undefined || second === undefined) return null;
  const [one, two] = [first, second].map((correct) => unpackBits(correct, images, 'A list of answers'));
  return [...one].flatMap((right, image) =>
    right === two[image] ? [] : [{ image, rightIn: right ? ('first' as const) : ('second' as const) }],
  );
}

/** What both results have under one name, and the names of what one of them lacks. */
function matched<T>(first: readonly T[], second: readonly T[], name: (each: T) => string) {
  const pairs = first.flatMap((one) => {
    const other = second.find((each) => name(each) === name(one));
    return other ? [[one, other] as const] : [];
  });
  const both = new Set(pairs.map(([one]) => name(one)));
  return { pairs, missing: [...first, ...second].map(name).filter((each) => !both.has(each)) };
}

/** @param comparable whether the test images are the same */
function agreementOfCourses(
  { federated: first }: StudyResult,
  { federated: second }: StudyResult,
  images: number,
  comparable: boolean,
): AgreementOfCourses | null {
  if (!first && !second) return null;
  const name = ({ arm, rule, seed }: FederatedRun) => `${arm} ${rule} ${seed}`;
  const { pairs, missing } = matched(first?.runs ?? [], second?.runs ?? [], name);
  const answers = comparable ? pairs.map(([a, b]) => otherAnswers(a.correct, b.correct, images)) : [];
  const compared = answers.filter((other) => other !== null);
  const rounds = pairs.flatMap(([a, b]) =>
    a.loss.slice(0, b.loss.length).map((loss, at) => [loss, b.loss[at]] as const),
  );
  return {
    missing,
    courses: pairs.length,
    samePartitions: differentPaths(json(first?.partitions), json(second?.partitions)).length === 0,
    answers: { other: compared.flat().length, of: compared.length * images },
    loss: largest(rounds),
  };
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
  const { pairs, missing } = matched(first.runs, second.runs, name);
  const tapes = pairs.filter(([a, b]) => a.gates !== null && b.gates !== null);
  const otherImages = imagesDiffer(first, second);
  const images = testedImages(first);
  const answers = (otherImages === null ? pairs : []).map(
    ([{ arm, seed, test }, other]) =>
      otherAnswers(test?.correct, other.test?.correct, images)?.map((each) => ({ arm, seed, ...each })) ?? null,
  );
  const compared = answers.filter((other) => other !== null);
  const tested = pairs.flatMap(([a, b]) => (a.test && b.test ? [[a, a.test, b.test] as const] : []));
  return {
    backbones: [first.config.backbone, second.config.backbone],
    settings: differentPaths(settingsOf(first), settingsOf(second)),
    otherImages,
    sameTraining: isSame(first.task.trainDigest, second.task.trainDigest),
    missing,
    runs: pairs.length,
    gates: { equal: tapes.filter(([a, b]) => a.gates === b.gates).length, of: tapes.length },
    answers: { other: compared.flat(), of: compared.length * images },
    accuracies: tested.map(([{ arm, seed }, a, b]) => [arm, seed, a.accuracy, b.accuracy] as const),
    testLoss: largest(tested.map(([, a, b]) => [a.loss, b.loss] as const)),
    trainingLoss: largest(pairs.flatMap(([a, b]) => [...lossesOf(a, b)])),
    paths: largest(pathAccuracies(first, second)),
    federated: agreementOfCourses(first, second, images, otherImages === null),
  };
}
