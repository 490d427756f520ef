/** Captions of the federated figures. */
import { federatedRuleName } from '../../../copra/federated/rule-list.ts';
import { meanOfKnown } from '../../../study/readings/numbers.ts';
import { countedEach, eachOf, sampling, sentence, testImages } from '../../../study/readings/words.ts';
import { mean } from '../../../core/statistics.ts';
import { alikeRounds, COMPARED_RULE } from '../../../study/analyses/federated/alike-rounds.ts';
import { comparedRuns } from '../../../study/analyses/federated/compared.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { averagingErrors } from '../../../study/result/measures/federated.ts';
import { fixed } from '../../../core/number-format.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import type { Sample } from '../../../core/clusters.ts';
import { centralAccuracy, comparedCourses, meanErrorOf, rulesOf } from './seed-courses.ts';
import { isInexact } from './error-plot.ts';
import { FEDERATED_WORDS } from './messages.ts';

interface FederatedGroup {
  /** Name of the rule. */
  readonly name: string;
  /** Test accuracies after the last round that all have completed, one per arm, mean over seeds; null if not available. */
  readonly accuracy: readonly (number | null)[];
}

/** Federated trainings of one arm that diverged. */
interface DivergedTrainings {
  readonly name: string;
  readonly ended: readonly { readonly rule: string; readonly seed: number; readonly round: number }[];
  /** Number of its trainings. */
  readonly of: number;
}

interface FederatedStudy {
  readonly arms: readonly string[];
  readonly rules: readonly FederatedGroup[];
  readonly rounds: number;
  readonly ofRounds: number;
  /** Accuracies of central runs with the same number of steps, one per arm; null if there are none. */
  readonly central: readonly (number | null)[] | null;
  /** Arms of which some diverged. */
  readonly diverged: readonly DivergedTrainings[];
  /** Numbers of seeds behind the accuracies: of every arm with every rule that has one. */
  readonly seeds: readonly number[];
  readonly images: Sample;
}

type DivergedPlace = Parameters<typeof FEDERATED_WORDS.rounds.caption.diverged>[4];

const divergedText = ({ name, ended, of }: DivergedTrainings, place: DivergedPlace): string => {
  const words = FEDERATED_WORDS.rounds.caption;
  const which = ended.map(({ rule, seed, round }) => words.divergedIn(rule, seed, round)).join(', ');
  return words.diverged(name, ended.length, of, which, place);
};

/**
 * The final accuracy of every rule. No rule is called the best: with one or two seeds the rules differ
 * less than the seeds.
 */
export function federatedReading({
  arms,
  rules,
  rounds,
  ofRounds,
  central,
  diverged,
  seeds,
  images,
}: FederatedStudy): string {
  if (rounds === 0 || rules.length === 0) {
    const alone = diverged.map((trainings, i) => divergedText(trainings, i === 0 ? 'first' : 'later'));
    return alone.length > 0 ? sentence(alone) : READING_WORDS.nothingYet;
  }
  const words = FEDERATED_WORDS.rounds.caption;
  const known = rules.flatMap(({ accuracy }) => accuracy.filter((value) => value !== null));
  return sentence([
    words.after(
      arms.join(' / '),
      rounds,
      ofRounds,
      rules.map(({ name, accuracy }) => `${name} ${eachOf(accuracy)}`).join(', '),
    ),
    central ? words.central(eachOf(central)) : '',
    ...diverged.map((trainings) => divergedText(trainings, 'beside numbers')),
    `${countedEach(seeds, 'seed')}, ${known.length > 0 ? sampling(mean(known), images) : testImages(images)}`,
    Math.max(...seeds) < 2 ? words.noRanking : '',
  ]);
}

interface ErrorsOfRule {
  readonly name: string;
  /** Mean relative error over layers, [rounds][arms]. */
  readonly errors: readonly (readonly (number | null)[])[];
}

/** The first round, counted from 1, in which another one of two arms errs less than in the first; null where there is none. */
function crossing(errors: ErrorsOfRule['errors']): number | null {
  const sides = errors.map(([one, other, ...more]) =>
    one === null || other === null || other === undefined || more.length > 0 ? 0 : Math.sign(other - one),
  );
  const round = sides.findIndex((side) => side === -sides[0] && side !== 0);
  return round < 0 ? null : round + 1;
}

/** How arms are compared in the error, in which a share of the update says little: the longer an update is, the smaller is the same error beside it. */
export interface ErrorsCompared {
  /** Number of rounds in which they are. */
  readonly alike: number;
  /** Over these rounds, one per arm: the error as a share of the largest that the clients’ movement allows, and the length of the average update; null where the result does not keep lengths. */
  readonly lengths: readonly { readonly error: number | null; readonly update: number | null }[] | null;
}

/**
 * The aggregation error of the inexact rules in the first, the middle and the last round and over all, and where arms change places.
 * @param compared null where there is nothing to compare
 */
export function aggregationErrorReading(
  arms: readonly string[],
  rules: readonly ErrorsOfRule[],
  compared: ErrorsCompared | null,
): string {
  if (rules.length === 0) return READING_WORDS.nothingYet;
  const words = FEDERATED_WORDS.error.caption;
  const rounds = rules[0].errors.length;
  const told = [...new Set([1, Math.ceil(rounds / 2), rounds])];
  const texts = rules.map(({ name, errors }) => {
    const places = told.map((round) => words.inRound(eachOf(errors[round - 1]), round));
    const cross = crossing(errors);
    const overall = errors[0].map((_, arm) => meanOfKnown(errors.map((ofArms) => ofArms[arm])));
    return `${name} ${[
      ...places,
      ...(rounds > 1 ? [words.overall(eachOf(overall))] : []),
      ...(cross === null ? [] : [words.cross(cross)]),
    ].join(', ')}`;
  });
  const text = words.of(arms.join(' / '), texts.join('; '));
  if (!compared) return text;
  const { alike, lengths } = compared;
  const how =
    alike === 0
      ? words.neverAlike
      : lengths
        ? words.compared(
            alike,
            rounds,
            arms.join(' / '),
            eachOf(lengths.map(({ error }) => error)),
            lengths.map(({ update }) => fixed(update, 2)).join(' / '),
          )
        : words.lengthsUnknown;
  return `${text} ${words.shareOf} ${how}`;
}

export function federatedCaption(result: StudyResult): string {
  const { federated } = result.config.analyses;
  const { rounds, diverged, begun } = comparedRuns(result);
  if (!federated || (rounds === 0 && diverged.length === 0)) return '';
  const arms = result.config.arms.filter(({ id }) => begun(id) > 0);
  const courses = comparedCourses(result);
  const rules = rulesOf(result).map((id) => {
    const own = arms.map((arm) => courses.find((course) => course.arm === arm.id && course.rule === id));
    return {
      name: federatedRuleName(id),
      accuracy: own.map((course) => (course ? mean(course.runs.map(({ accuracy }) => accuracy[rounds - 1])) : null)),
    };
  });
  // Ordinary runs have the steps of all rounds.
  const central = arms.map(({ id }) => (rounds === federated.rounds ? centralAccuracy(result, id) : null));
  return federatedReading({
    arms: arms.map(({ name }) => name),
    rules,
    rounds,
    ofRounds: federated.rounds,
    central: central.some((value) => value !== null) ? central : null,
    diverged: arms.flatMap(({ id, name }) => {
      const ended = diverged.filter(({ arm }) => arm === id);
      return ended.length > 0
        ? [{ name, of: begun(id), ended: ended.map(({ rule, ...end }) => ({ ...end, rule: federatedRuleName(rule) })) }]
        : [];
    }),
    seeds: courses.map(({ runs }) => runs.length),
    images: testSample(result),
  });
}

export function errorCaption(result: StudyResult): string {
  const compared = comparedRuns(result);
  const courses = comparedCourses(result).filter(isInexact);
  if (courses.length === 0) return '';
  const rules = [...new Set(courses.map(({ rule }) => rule))].map((rule) => {
    const own = courses.filter((course) => course.rule === rule);
    const errors = Array.from({ length: compared.rounds }, (_, round) =>
      own.map((course) => meanErrorOf(course, round)),
    );
    return { name: federatedRuleName(rule), errors };
  });
  const arms = [...new Map(courses.map(({ arm, armName }) => [arm, armName]))];
  const isCompared = arms.length > 1 && courses.some(({ rule }) => rule === COMPARED_RULE);
  const alike = alikeRounds(compared);
  const lengths = arms.map(([id]) => {
    const errors = averagingErrors(compared, id, alike);
    return {
      error: meanOfKnown(errors.map(({ error }) => error)),
      update: meanOfKnown(errors.map(({ update }) => update)),
    };
  });
  return aggregationErrorReading(
    arms.map(([, name]) => name),
    rules,
    isCompared
      ? {
          alike: alike.length,
          lengths: lengths.every(({ error }) => error !== null) ? lengths : null,
        }
      : null,
  );
}
