/** How answers to pictures are told. */
import { shownClasses } from '../../../data/bundled/shown-classes.ts';
import { percent } from '../../../core/number-format.ts';
import { standardDeviation } from '../../../core/statistics.ts';
import { certaintyOf } from '../../../state/pictures/picture-query.ts';
import type { ResultSource } from '../../../state/study/shown.ts';
import type { ArmConfig } from '../../../study/config/config.ts';
import { majority, type Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { whyAbsent } from '../../charts/why-absent.ts';
import type { Option } from '../../controls/Choice.tsx';
import { RESULT_WORDS } from '../messages.ts';
import { noAnswers } from '../no-answers.ts';
import { PICTURE_WORDS } from './messages.ts';

/** Why a result has no answers to single pictures. */
export const noPictures = (task: Pick<StudyResult['task'], 'classes'>, source: ResultSource): string =>
  noAnswers(task, whyAbsent(PICTURE_WORDS.noneKept, source));

export const ANY_CLASS = 'any';

/** The classes of a result to choose from, below a choice of any. */
export function classOptions({ config, task }: Pick<StudyResult, 'config' | 'task'>, any: string): Option<string>[] {
  return [{ id: ANY_CLASS, name: any }, ...shownClasses({ config, task }).map((name, i) => ({ id: String(i), name }))];
}

/** What one variant, or all runs of an arm, say to a picture. */
export interface Verdict {
  /** Null for the backbone. */
  readonly arm: string | null;
  readonly name: string;
  /** Of all runs: whether most are; null where as many are right as wrong. */
  readonly right: boolean | null;
  /** Runs that are right, of so many; null where there is one answer. */
  readonly runs: readonly [right: number, of: number] | null;
  /** Mean probability of the true class, and its standard deviation over runs (0 for one). */
  readonly certainty: number;
  readonly spread: number;
}

export const nameOfArm = (arms: readonly ArmConfig[], id: string | null): string =>
  id === null ? RESULT_WORDS.backbone : (arms.find((arm) => arm.id === id)?.name ?? id);

export function verdictsOf({ backbone, label, arms }: Picture, config: readonly ArmConfig[]): readonly Verdict[] {
  const frozen: Verdict[] = backbone
    ? [
        {
          arm: null,
          name: nameOfArm(config, null),
          right: backbone.predicted === label,
          runs: null,
          certainty: backbone.certainty,
          spread: 0,
        },
      ]
    : [];
  return [
    ...frozen,
    ...arms.map((own): Verdict => {
      const { runs, right } = own;
      return {
        arm: own.arm,
        name: nameOfArm(config, own.arm),
        right: majority(own),
        runs: runs.length > 1 ? [right, runs.length] : null,
        certainty: certaintyOf(own),
        spread: runs.length > 1 ? standardDeviation(runs.map(({ certainty }) => certainty)) : 0,
      };
    }),
  ];
}

/** Right or wrong; neither (null): as often right as wrong. */
export const markOf = (right: boolean | null): 'right' | 'wrong' | 'tied' =>
  right === null ? 'tied' : right ? 'right' : 'wrong';

/** "LoRA: wrong, 2 of 6 seeds right, 31 % ± 9" */
export function verdictText({ name, right, runs, certainty, spread }: Verdict): string {
  const probability = `${percent(certainty, 0)}${runs ? ` ± ${Math.round(100 * spread)}` : ''}`;
  return PICTURE_WORDS.verdict(name, PICTURE_WORDS[markOf(right)], runs, probability);
}
