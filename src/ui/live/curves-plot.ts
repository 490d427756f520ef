/** Training curves: validation accuracy above training loss, over the same steps. */
import { fixed, hundredths } from '../../core/number-format.ts';
import { columnSpreads } from '../../state/summary/summary.ts';
import type { RunResult, StudyResult } from '../../study/result/result.ts';
import { armStyles } from '../arm-style.ts';
import type { TableData } from '../charts/DataTable.tsx';
import type { BuildFigure } from '../charts/figure.ts';
import { meanLine, plainLevel } from '../charts/marks.ts';
import { accuracyRange, bandEnds, PERCENT } from '../charts/ranges.ts';
import { integer } from '../format.ts';
import { OVER_STEPS, type BudgetAxis } from '../results/budgets.ts';
import { LIVE_WORDS } from './messages.ts';

/** The parts of a result that the figure shows. */
export type CurveParts = Pick<StudyResult, 'runs' | 'config'>;

const runsOf = (result: CurveParts, arm: string): RunResult[] => result.runs.filter((run) => run.arm === arm);

const longest = (rows: readonly (readonly number[])[]): readonly number[] =>
  rows.reduce((best, row) => (row.length > best.length ? row : best), []);

/** @param axis what training is counted in */
export function curvesPlot(result: CurveParts, axis: BudgetAxis = OVER_STEPS): BuildFigure | null {
  if (!result.runs.some((run) => run.losses.length > 0 || run.validation.length > 0)) return null;
  const words = LIVE_WORDS.curves;
  const styles = armStyles(result.config.arms);
  const steps = result.config.training.steps;
  const curves = result.config.arms.flatMap((arm) => {
    const style = styles.get(arm.id);
    const runs = runsOf(result, arm.id);
    const place = axis.placeOf(arm.id);
    if (!style || !place || runs.length === 0) return [];
    /** Where steps lie; with them in words, where the axis does not give them. An arm that is taken earlier spends nothing afterwards: its line ends there. */
    const placed = (all: readonly number[]) => {
      const end = all.findIndex((step, i) => i > 0 && place(step) <= place(all[i - 1]));
      const own = end < 0 ? all : all.slice(0, end);
      return {
        x: own.map(place),
        places: axis.budget === 'steps' ? {} : { places: own.map((step) => words.step(integer(step))) },
      };
    };
    const points = longest(runs.map((run) => run.validation.map((point) => point.step)));
    const accuracy = columnSpreads(runs.map((run) => run.validation.map((point) => point.accuracy)));
    const losses = columnSpreads(runs.map((run) => run.losses));
    const common = { style, name: arm.name };
    const atValidation = placed(points);
    const atLoss = placed(longest(runs.map((run) => run.lossSteps)));
    return [
      {
        spreads: accuracy,
        accuracy: meanLine(atValidation.x, accuracy.slice(0, atValidation.x.length), {
          ...common,
          ...atValidation.places,
          factor: 100,
          unit: ' %',
          markers: points.length < 30,
        }),
        loss: meanLine(atLoss.x, losses.slice(0, atLoss.x.length), {
          ...common,
          ...atLoss.places,
          unit: '',
          digits: 3,
        }),
      },
    ];
  });
  const shown = curves.flatMap(({ spreads }) => bandEnds(spreads, 100));
  const ends = [...new Set(result.runs.flatMap(({ diverged }) => diverged ?? []))];
  const x = {
    kind: 'linear',
    range: [0, axis.end ?? steps],
    ticks: { count: 6 },
    heading: (at: string) => (axis.budget === 'steps' ? words.step(at) : at),
  } as const;
  return () => ({
    choice: axis.budget,
    margin: { left: 46, right: 8, top: 24, bottom: 40 },
    grid: { columns: 1, rows: 2, columnGap: 0, rowGap: 40 },
    pointer: axis.budget === 'steps' ? 'x' : 'nearest',
    panels: [
      {
        title: words.accuracyAxis,
        x: { ...x, labels: false },
        y: { kind: 'linear', ticks: { count: 5 }, range: accuracyRange(shown, null), limits: PERCENT },
        // No line for the frozen backbone: what it reaches is of the test images, which may be harder or easier.
        marks: curves.map(({ accuracy }) => accuracy),
      },
      {
        title: words.lossAxis(ends.length > 0),
        x: { ...x, title: axis.title },
        y: { kind: 'linear', ticks: { count: 5 } },
        marks: [
          ...(axis.budget === 'steps' ? ends.map((step) => plainLevel(step, 'dot', 'x')) : []),
          ...curves.map(({ loss }) => loss),
        ],
      },
    ],
  });
}

export function curvesTable(result: CurveParts): TableData {
  const rows = result.config.arms.flatMap((arm) => {
    const runs = runsOf(result, arm.id);
    const points = longest(runs.map((run) => run.validation.map((point) => point.step)));
    const accuracy = columnSpreads(runs.map((run) => run.validation.map((point) => point.accuracy)));
    const loss = columnSpreads(runs.map((run) => run.validation.map((point) => point.loss)));
    return points.map((step, i) => [
      arm.name,
      String(step),
      hundredths(accuracy[i].mean),
      hundredths(accuracy[i].sd),
      fixed(loss[i].mean, 3),
      String(accuracy[i].n),
    ]);
  });
  const { arm, step, accuracy, sd, loss, seeds } = LIVE_WORDS.curves.columns;
  return { head: [arm, step, accuracy, sd, loss, seeds], rows };
}
