/** Accuracy, loss or drift after every round: colour encodes the arm, dash and marker the rule. */
import { fixed, hundredths, integer } from '../../../core/number-format.ts';
import { federatedRuleName } from '../../../copra/federated/rule-list.ts';
import { columnSpreads, type Spread } from '../../../state/summary/summary.ts';
import type { FederatedRun } from '../../../study/analyses/federated/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, LevelMark } from '../../charts/figure.ts';
import { level, meanLine } from '../../charts/marks.ts';
import { CHARTS_WORDS } from '../../charts/messages.ts';
import { accuracyRange, bandEnds, paddedRange, PERCENT } from '../../charts/ranges.ts';
import { frozenPercent } from '../../../study/result/frozen.ts';
import { FEDERATED_WORDS } from './messages.ts';
import {
  centralAccuracy,
  seedCourses,
  divergedIn,
  meanErrorOf,
  relativeDrift,
  ruleStyle,
  rulesOf,
  shownCourses,
  type FederatedParts,
} from './seed-courses.ts';
import { accuracyReferences } from '../../charts/references.ts';

export const ROUND_MEASURES = ['accuracy', 'loss', 'drift'] as const;
export type RoundMeasure = (typeof ROUND_MEASURES)[number];

const valuesOf = (run: FederatedRun, measure: RoundMeasure): readonly number[] =>
  measure === 'drift' ? relativeDrift(run) : run[measure];

/** The common starting value, before the first round. A trained head starts from random values, and nothing is tested with these. */
function startOf({ task }: FederatedParts, measure: RoundMeasure): number | null {
  return measure === 'drift' ? null : (task.zeroShot?.[measure] ?? null);
}

export function roundsPlot(result: FederatedParts, measure: RoundMeasure): BuildFigure | null {
  const courses = shownCourses(result);
  if (courses.length === 0) return null;
  const rules = rulesOf(result);
  const styles = armStyles(result.config.arms);
  const factor = measure === 'accuracy' ? 100 : 1;
  const digits = measure === 'accuracy' ? 1 : 3;
  const start = startOf(result, measure);
  const lines = courses.map((course) => {
    const spreads = columnSpreads(course.runs.map((run) => valuesOf(run, measure)));
    const before: Spread[] = start === null ? [] : [{ mean: start, sd: null, n: 1 }];
    const first = before.length > 0 ? 0 : 1;
    return { course, spreads: [...before, ...spreads], rounds: [...before, ...spreads].map((_, i) => first + i) };
  });
  const central = measure === 'accuracy' ? result.config.arms.map(({ id }) => centralAccuracy(result, id)) : [];
  const shown = [
    ...lines.flatMap(({ spreads }) => bandEnds(spreads, factor)),
    ...central.flatMap((value) => (value === null ? [] : [100 * value])),
  ];
  const frozen = measure === 'accuracy' ? frozenPercent(result.task) : null;
  const range =
    measure === 'accuracy' ? accuracyRange(shown, frozen) : paddedRange(measure === 'drift' ? [0, ...shown] : shown);
  const colourOf = (arm: string) => styles.get(arm)?.token ?? '--arm-0';
  const references =
    measure === 'accuracy' && range ? accuracyReferences(result, range, frozen) : { marks: [], remark: {} };
  const ordinary = central.flatMap((value, i): LevelMark[] =>
    value === null
      ? []
      : [
          {
            ...level(100 * value, 'fine', 'y', FEDERATED_WORDS.rounds.central),
            colour: colourOf(result.config.arms[i].id),
            width: 1.5,
          },
        ],
  );
  const longest = lines[0].rounds.length;
  return () => ({
    choice: measure,
    margin: { left: 50, right: 12, top: 10, bottom: 42 },
    pointer: courses.length > 6 ? 'nearest' : 'x',
    panels: [
      {
        ...references.remark,
        x: {
          kind: 'linear',
          title: FEDERATED_WORDS.round,
          toZero: true,
          heading: (round) => FEDERATED_WORDS.roundOf(round),
          ...(longest <= 30 && { ticks: { every: longest > 12 ? 5 : 1 } }),
        },
        y: {
          kind: 'linear',
          title: measure === 'drift' ? FEDERATED_WORDS.rounds.driftAxis : CHARTS_WORDS.testAxes[measure],
          ...(range && { range }),
          ...(measure === 'accuracy' && { limits: PERCENT }),
        },
        marks: [
          ...references.marks,
          ...ordinary,
          ...lines.map(({ course, spreads, rounds }) =>
            meanLine(rounds, spreads, {
              style: { token: colourOf(course.arm), ...ruleStyle(rules, course.rule) },
              name: course.name,
              markers: true,
              factor,
              unit: measure === 'accuracy' ? ' %' : '',
              digits,
            }),
          ),
        ],
      },
    ],
  });
}

const kilobytes = (bytes: number): string => integer(Math.round(bytes / 1000));

export function roundsTable(result: FederatedParts): TableData {
  const central = result.config.arms.flatMap(({ id, name }) => {
    const value = centralAccuracy(result, id);
    return value === null
      ? []
      : [[name, FEDERATED_WORDS.rounds.ordinaryRun, '–', '–', hundredths(value), '–', '–', '–', '–', '–']];
  });
  const isDiverged = divergedIn(result);
  const rows = seedCourses(result).flatMap((course) =>
    course.runs.map((run) => {
      const last = run.accuracy.length - 1;
      const error = meanErrorOf({ ...course, runs: [run] }, last);
      return [
        course.armName,
        federatedRuleName(course.rule),
        String(run.seed),
        isDiverged(run) ? FEDERATED_WORDS.rounds.thenDiverged(run.accuracy.length) : String(run.accuracy.length),
        hundredths(run.accuracy[last]),
        fixed(run.loss[last], 3),
        hundredths(error),
        fixed(relativeDrift(run)[last], 2),
        kilobytes(run.down),
        kilobytes(run.up),
      ];
    }),
  );
  return {
    head: FEDERATED_WORDS.rounds.head,
    rows: [...rows, ...central],
  };
}
