import type { Sample } from '../../core/clusters.ts';
import { fixed, hundredths } from '../../core/number-format.ts';
import { mean } from '../../core/statistics.ts';
import { CAPTION_WORDS } from './captions/messages.ts';
import { READING_WORDS } from './messages.ts';
import { countedEach, meanOfKnown, sampling, sentence, testImages } from './words.ts';

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

/** "54.2 / 48.0 %", in the order of the arms. */
const per = (values: readonly (number | null)[], digits = 1): string =>
  `${values.map((value) => hundredths(value, digits)).join(' / ')}\u00a0%`;

type DivergedPlace = Parameters<typeof CAPTION_WORDS.federated.diverged>[4];

const divergedText = ({ name, ended, of }: DivergedTrainings, place: DivergedPlace): string => {
  const words = CAPTION_WORDS.federated;
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
  const words = CAPTION_WORDS.federated;
  const known = rules.flatMap(({ accuracy }) => accuracy.filter((value) => value !== null));
  return sentence([
    words.after(
      arms.join(' / '),
      rounds,
      ofRounds,
      rules.map(({ name, accuracy }) => `${name} ${per(accuracy)}`).join(', '),
    ),
    central ? words.central(per(central)) : '',
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
  /** Over these rounds, one per arm: the error by how far clients move, and the length of the average update; null where the result does not keep lengths. */
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
  const words = CAPTION_WORDS.federated;
  const rounds = rules[0].errors.length;
  const told = [...new Set([1, Math.ceil(rounds / 2), rounds])];
  const texts = rules.map(({ name, errors }) => {
    const places = told.map((round) => words.errorIn(per(errors[round - 1]), round));
    const cross = crossing(errors);
    const overall = errors[0].map((_, arm) => meanOfKnown(errors.map((ofArms) => ofArms[arm])));
    return `${name} ${[
      ...places,
      ...(rounds > 1 ? [words.errorOverall(per(overall))] : []),
      ...(cross === null ? [] : [words.errorsCross(cross)]),
    ].join(', ')}`;
  });
  const text = words.errorsOf(arms.join(' / '), texts.join('; '));
  if (!compared) return text;
  const { alike, lengths } = compared;
  const how =
    alike === 0
      ? words.neverAlike
      : lengths
        ? words.errorsCompared(
            alike,
            rounds,
            arms.join(' / '),
            per(lengths.map(({ error }) => error)),
            lengths.map(({ update }) => fixed(update, 2)).join(' / '),
          )
        : words.lengthsUnknown;
  return `${text} ${words.shareOf} ${how}`;
}
