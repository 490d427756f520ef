/** Training curves: validation accuracy above training loss, over the same steps. */
import { hundredths } from '../../core/number-format.ts';
import { columnSpreads } from '../../state/summary/summary.ts';
import { frozenPercent } from '../../study/run/frozen.ts';
import type { RunResult, StudyResult } from '../../study/result/result.ts';
import { armStyles } from '../arm-style.ts';
import type { TableData } from '../charts/DataTable.tsx';
import type { BuildFigure } from '../charts/figure.ts';
import { level, meanLine } from '../charts/marks.ts';
import { accuracyRange, bandEnds } from '../charts/ranges.ts';

/** The parts of a result that the figure shows. */
export type CurveParts = Pick<StudyResult, 'runs' | 'config' | 'task'>;

const runsOf = (result: CurveParts, arm: string): RunResult[] => result.runs.filter((run) => run.arm === arm);

const longest = (rows: readonly (readonly number[])[]): readonly number[] =>
  rows.reduce((best, row) => (row.length > best.length ? row : best), []);

export function curvesPlot(result: CurveParts): BuildFigure | null {
  if (!result.runs.some((run) => run.losses.length > 0 || run.validation.length > 0)) return null;
  const styles = armStyles(result.config.arms);
  const steps = result.config.training.steps;
  const curves = result.config.arms.flatMap((arm) => {
    const style = styles.get(arm.id);
    const runs = runsOf(result, arm.id);
    if (!style || runs.length === 0) return [];
    const points = longest(runs.map((run) => run.validation.map((point) => point.step)));
    const accuracy = columnSpreads(runs.map((run) => run.validation.map((point) => point.accuracy)));
    const losses = columnSpreads(runs.map((run) => run.losses));
    const common = { style, name: arm.name };
    return [
      {
        spreads: accuracy,
        accuracy: meanLine(points, accuracy, { ...common, factor: 100, unit: ' %', markers: points.length < 30 }),
        loss: meanLine(longest(runs.map((run) => run.lossSteps)), losses, { ...common, unit: '', digits: 3 }),
      },
    ];
  });
  const shown = curves.flatMap(({ spreads }) => bandEnds(spreads, 100));
  const frozen = frozenPercent(result.task);
  const ends = [...new Set(result.runs.flatMap(({ diverged }) => diverged ?? []))];
  const x = {
    kind: 'linear',
    range: [0, steps],
    ticks: { count: 6 },
    heading: (step: string) => `step ${step}`,
  } as const;
  return () => ({
    margin: { left: 46, right: 8, top: 24, bottom: 40 },
    grid: { columns: 1, rows: 2, columnGap: 0, rowGap: 40 },
    pointer: 'x',
    panels: [
      {
        title: 'Validation accuracy, %',
        x: { ...x, labels: false },
        y: { kind: 'linear', ticks: { count: 5 }, range: accuracyRange(shown, frozen) },
        marks: [...(frozen === null ? [] : [level(frozen, 'dash')]), ...curves.map(({ accuracy }) => accuracy)],
      },
      {
        title: `Training loss, nats${ends.length > 0 ? ' (dotted: a run diverged)' : ''}`,
        x: { ...x, title: 'training step' },
        y: { kind: 'linear', ticks: { count: 5 } },
        marks: [...ends.map((step) => level(step, 'dot', 'x')), ...curves.map(({ loss }) => loss)],
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
      loss[i].mean.toFixed(3),
      String(accuracy[i].n),
    ]);
  });
  return { head: ['Arm', 'Step', 'Validation accuracy %', 'sd', 'Validation loss', 'Seeds'], rows };
}
