/** The test images one by one: what the backbone and every arm answer, and what is lost between two runs and without half of the layers. */
import type { StudyResult } from '../result/result.ts';
import { keptPlaces, readAnswers, trueClasses, type Answers } from './answers.ts';
import type { Prediction } from './result.ts';

/** An answer of one variant to one image. */
export interface Answer {
  /** Class. */
  readonly predicted: number;
  /** Probability of the true class, in [0, 1]. */
  readonly certainty: number;
}

export interface RunAnswer extends Answer {
  readonly seed: number;
}

/** An answer of what became of runs: a midpoint, or a run with half of its layers. */
export interface DerivedAnswer extends Answer {
  readonly seeds: readonly number[];
  readonly name: string;
  /** Right where it comes from (at both ends, or with everything on), and wrong here. */
  readonly lost: boolean;
  /** Right where it comes from. */
  readonly could: boolean;
}

export interface ArmAnswers {
  readonly arm: string;
  readonly runs: readonly RunAnswer[];
  /** Number of runs that are right. */
  readonly right: number;
  readonly midpoints: readonly DerivedAnswer[];
  /** Every other layer off. */
  readonly halves: readonly DerivedAnswer[];
}

export interface Picture {
  /** Place among the tested images. */
  readonly place: number;
  /** True class. */
  readonly label: number;
  readonly backbone: Answer | null;
  /** Arms with at least one run, in the order of the study. */
  readonly arms: readonly ArmAnswers[];
}

/** A variant with its answers unpacked. */
interface Read extends Prediction {
  readonly of: Prediction['of'];
  readonly read: Answers;
}

const answer = ({ read: { predicted, certainty } }: Read, image: number): Answer => ({
  predicted: predicted[image],
  certainty: certainty[image] / 255,
});

/** [kept images], in the order of the test images. Empty in results without predictions. */
export function picturesOf(result: Pick<StudyResult, 'predictions' | 'task' | 'config'>): readonly Picture[] {
  const { predictions = [], config } = result;
  const labels = trueClasses(result);
  if (!labels || predictions.length === 0) return [];
  const read = predictions.map((prediction): Read => ({ ...prediction, read: readAnswers(prediction.answers) }));
  const backbone = read.find(({ of }) => of === 'backbone');
  const arms = config.arms.flatMap(({ id }) => {
    const own = read.filter(({ arm }) => arm === id);
    const runs = own.filter(({ of }) => of === 'run');
    return runs.length > 0 ? [{ id, runs, own }] : [];
  });
  /** Ends of midpoints may belong to several arms: seeds name runs there. */
  const runOf = (arm: string, seed: number): Read | undefined => {
    const ofSeed = read.filter(({ of, seeds }) => of === 'run' && seeds[0] === seed);
    return ofSeed.find((run) => run.arm === arm) ?? ofSeed[0];
  };
  const derived = (id: string, own: readonly Read[], of: Prediction['of']) =>
    own
      .filter((variant) => variant.of === of)
      .map((variant) => ({ variant, from: variant.seeds.flatMap((seed) => runOf(id, seed) ?? []) }));
  const sources = arms.map(({ id, runs, own }) => ({
    id,
    runs,
    midpoints: derived(id, own, 'midpoint'),
    halves: derived(id, own, 'layers'),
  }));
  return keptPlaces(result).map((place, image): Picture => {
    const label = labels[place];
    const isRight = ({ read: { predicted } }: Read): boolean => predicted[image] === label;
    const answers = ({ variant, from }: { variant: Read; from: readonly Read[] }): DerivedAnswer => {
      const could = from.length > 0 && from.every(isRight);
      const { seeds, name } = variant;
      return { seeds, name, ...answer(variant, image), could, lost: could && !isRight(variant) };
    };
    return {
      place,
      label,
      backbone: backbone ? answer(backbone, image) : null,
      arms: sources.map(({ id, runs, midpoints, halves }) => ({
        arm: id,
        runs: runs.map((run) => ({ seed: run.seeds[0], ...answer(run, image) })),
        right: runs.filter(isRight).length,
        midpoints: midpoints.map(answers),
        halves: halves.map(answers),
      })),
    };
  });
}

/** What most of those are of whom so many are right: right, or wrong; null: as many are right as wrong. */
export const mostAre = (right: number, of: number): boolean | null => (2 * right === of ? null : 2 * right > of);

/** What most runs of an arm are. */
export const majority = ({ right, runs }: ArmAnswers): boolean | null => mostAre(right, runs.length);

const areWrong = (arms: readonly ArmAnswers[]): number => arms.filter((arm) => majority(arm) === false).length;
const areRight = (arms: readonly ArmAnswers[]): number => arms.filter(majority).length;

const lost = (answers: readonly DerivedAnswer[]): boolean => answers.some((answer) => answer.lost);

/** What a picture shows of the arms. A picture may be of several kinds. An arm of which as many runs are right as wrong is neither. */
export const PICTURE_KINDS = {
  one: ({ arms }) => arms.length > 1 && areWrong(arms) === 1 && areRight(arms) === arms.length - 1,
  midpoint: ({ arms }) => arms.some(({ midpoints }) => lost(midpoints)),
  half: ({ arms }) => arms.some(({ halves }) => lost(halves)),
  every: ({ arms }) => areWrong(arms) === arms.length,
  right: ({ arms }) =>
    arms.every(({ right, runs, midpoints, halves }) => right === runs.length && !lost(midpoints) && !lost(halves)),
} as const satisfies Readonly<Record<string, (picture: Picture) => boolean>>;

export type PictureKind = keyof typeof PICTURE_KINDS;
