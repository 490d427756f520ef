/** Accuracy, loss or drift after every round: colour is the arm, dash and marker are the rule. */
import { hundredths } from '../../../core/number-format.ts';
import { federatedRuleName } from '../../../copra/federated/rule-list.ts';
import { columnSpreads, type Spread } from '../../../state/summary/summary.ts';
import type { FederatedRun } from '../../../study/analyses/federated/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/Chart.tsx';
import type { Layout, Trace } from '../../charts/plotly.ts';
import { accuracyRange, accuracyReferences, bandTraces, level, paddedRange } from '../../charts/series.ts';
import { axis, baseLayout, hoverTitle } from '../../charts/theme.ts';
import { frozenOf } from '../../../study/run/frozen.ts';
import {
  centralAccuracy,
  coursesOf,
  meanErrorOf,
  relativeDrift,
  ruleStyle,
  rulesOf,
  type FederatedParts,
} from './courses.ts';

export type RoundMeasure = 'accuracy' | 'loss' | 'drift';

export const ROUND_MEASURES = [
  { id: 'accuracy', name: 'Accuracy' },
  { id: 'loss', name: 'Loss' },
  { id: 'drift', name: 'Drift' },
] as const;

const TITLES = {
  accuracy: 'test accuracy, %',
  loss: 'test loss, nats',
  drift: 'drift ÷ movement of the clients',
} as const;

const valuesOf = (run: FederatedRun, measure: RoundMeasure): readonly number[] =>
  measure === 'drift' ? relativeDrift(run) : run[measure];

/** What everybody starts from, before the first round. */
function startOf({ task }: FederatedParts, measure: RoundMeasure): number | null {
  return measure === 'drift' ? null : (frozenOf(task)?.[measure] ?? null);
}

export function roundsPlot(result: FederatedParts, measure: RoundMeasure): BuildFigure | null {
  const courses = coursesOf(result);
  if (courses.length === 0) return null;
  const rules = rulesOf(result);
  const styles = armStyles(result.config.arms);
  const factor = measure === 'accuracy' ? 100 : 1;
  const digits = measure === 'accuracy' ? 1 : 3;
  const start = startOf(result, measure);
  const lines = courses.map((course) => {
    const spreads = columnSpreads(course.runs.map((run) => valuesOf(run, measure)));
    const before: Spread[] = start === null ? [] : [{ mean: start, sd: 0, n: 1 }];
    const first = before.length > 0 ? 0 : 1;
    return { course, spreads: [...before, ...spreads], rounds: [...before, ...spreads].map((_, i) => first + i) };
  });
  const central = measure === 'accuracy' ? result.config.arms.map(({ id }) => centralAccuracy(result, id)) : [];
  const shown = [
    ...lines.flatMap(({ spreads }) => spreads.flatMap(({ mean, sd }) => [factor * (mean - sd), factor * (mean + sd)])),
    ...central.flatMap((value) => (value === null ? [] : [100 * value])),
  ];
  const frozen = measure === 'accuracy' && start !== null ? 100 * start : null;
  const range =
    measure === 'accuracy' ? accuracyRange(shown, frozen) : paddedRange(measure === 'drift' ? [0, ...shown] : shown);
  return (theme) => {
    const colourOf = (arm: string) => styles.get(arm)?.token ?? '--arm-0';
    const data: Trace[] = lines.flatMap(({ course, spreads, rounds }) =>
      bandTraces(rounds, spreads, {
        theme,
        style: { token: colourOf(course.arm), ...ruleStyle(rules, course.rule) },
        name: course.name,
        markers: true,
        factor,
        unit: measure === 'accuracy' ? ' %' : '',
        digits,
      }),
    );
    const references =
      measure === 'accuracy' && range
        ? accuracyReferences(theme, 1, range, frozen, 100 * result.task.chance)
        : { shapes: [], annotations: [] };
    const ordinary: Layout[] = central.flatMap((value, i) =>
      value === null
        ? []
        : [
            {
              ...level({ theme, panel: 0, value: 100 * value, dash: '2px,2px' }),
              line: { color: theme.arm(colourOf(result.config.arms[i].id)), width: 1.5, dash: '2px,2px' },
            },
          ],
    );
    return {
      data,
      layout: {
        ...baseLayout(theme),
        hovermode: courses.length > 6 ? 'closest' : 'x unified',
        shapes: [...references.shapes, ...ordinary],
        annotations: references.annotations,
        xaxis: axis(theme, 'round', {
          rangemode: 'tozero',
          ...hoverTitle('round %{x}'),
          dtick: lines[0].rounds.length > 30 ? undefined : lines[0].rounds.length > 12 ? 5 : 1,
        }),
        yaxis: axis(theme, TITLES[measure], range ? { range } : {}),
        margin: { l: 50, r: 12, t: 10, b: 42 },
      },
    };
  };
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0);

export function roundsTable(result: FederatedParts): TableData {
  const central = result.config.arms.flatMap(({ id, name }) => {
    const value = centralAccuracy(result, id);
    return value === null ? [] : [[name, 'ordinary run', '–', '–', hundredths(value), '–', '–', '–', '–', '–']];
  });
  const rows = coursesOf(result).flatMap((course) =>
    course.runs.map((run) => {
      const last = run.accuracy.length - 1;
      const error = meanErrorOf({ ...course, runs: [run] }, last);
      return [
        course.armName,
        federatedRuleName(course.rule),
        String(run.seed),
        String(run.accuracy.length),
        hundredths(run.accuracy[last] ?? NaN),
        (run.loss[last] ?? NaN).toFixed(3),
        hundredths(error),
        (relativeDrift(run)[last] ?? NaN).toFixed(2),
        kilobytes(run.down),
        kilobytes(run.up),
      ];
    }),
  );
  return {
    head: ['Arm', 'Rule', 'Seed', 'Rounds', 'Accuracy %', 'Loss', 'Error %', 'Drift ÷ movement', 'Down, kB', 'Up, kB'],
    rows: [...rows, ...central],
  };
}
