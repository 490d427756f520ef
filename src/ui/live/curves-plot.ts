/** Training curves: validation accuracy above, training loss below, over the same steps. */
import { hundredths } from '../../core/number-format.ts';
import { columnSpreads } from '../../state/summary/summary.ts';
import { frozenPercent } from '../../study/run/frozen.ts';
import type { RunResult, StudyResult } from '../../study/result/result.ts';
import { armStyles } from '../arm-style.ts';
import type { TableData } from '../charts/DataTable.tsx';
import type { BuildFigure } from '../charts/Chart.tsx';
import type { Trace } from '../charts/plotly.ts';
import { accuracyRange, bandTraces, level, panelTitle } from '../charts/series.ts';
import { axis, baseLayout, hoverTitle } from '../charts/theme.ts';

/** The parts of a result that the figure shows. */
export type CurveParts = Pick<StudyResult, 'runs' | 'config' | 'task'>;

const runsOf = (result: CurveParts, arm: string): RunResult[] => result.runs.filter((run) => run.arm === arm);

const longest = (rows: readonly (readonly number[])[]): readonly number[] =>
  rows.reduce((best, row) => (row.length > best.length ? row : best), []);

export function curvesPlot(result: CurveParts): BuildFigure | null {
  if (!result.runs.some((run) => run.losses.length > 0 || run.validation.length > 0)) return null;
  const styles = armStyles(result.config.arms);
  const steps = result.config.training.steps;
  return (theme) => {
    const data: Trace[] = result.config.arms.flatMap((arm) => {
      const style = styles.get(arm.id);
      const runs = runsOf(result, arm.id);
      if (!style || runs.length === 0) return [];
      const points = longest(runs.map((run) => run.validation.map((point) => point.step)));
      const accuracy = columnSpreads(runs.map((run) => run.validation.map((point) => point.accuracy)));
      const losses = columnSpreads(runs.map((run) => run.losses));
      const common = { theme, style, name: arm.name };
      return [
        ...bandTraces(points, accuracy, { ...common, factor: 100, unit: ' %', markers: points.length < 30 }),
        ...bandTraces(longest(runs.map((run) => run.lossSteps)), losses, {
          ...common,
          panel: 1,
          unit: '',
          digits: 3,
          inLegend: false,
        }),
      ];
    });
    const shown = data.flatMap(({ yaxis, y }) => (yaxis === 'y' ? (y as number[]) : []));
    const frozen = frozenPercent(result.task);
    const ends = [...new Set(result.runs.flatMap(({ diverged }) => diverged ?? []))];
    const x = { range: [0, steps], nticks: 6, ...hoverTitle('step %{x:,d}') };
    return {
      data,
      layout: {
        ...baseLayout(theme),
        margin: { l: 46, r: 8, t: 24, b: 40 },
        xaxis: axis(theme, '', { domain: [0, 1], anchor: 'y', showticklabels: false, ...x }),
        xaxis2: axis(theme, 'training step', { domain: [0, 1], anchor: 'y2', tickformat: ',d', ...x }),
        yaxis: axis(theme, '', { domain: [0.56, 1], anchor: 'x', nticks: 5, range: accuracyRange(shown, frozen) }),
        yaxis2: axis(theme, '', { domain: [0, 0.42], anchor: 'x2', nticks: 5 }),
        shapes: [
          ...(frozen === null ? [] : [level({ theme, panel: 0, value: frozen, dash: 'dash' })]),
          ...ends.map((step) => level({ theme, panel: 1, value: step, dash: 'dot', direction: 'vertical' })),
        ],
        annotations: [
          panelTitle(theme, 0, 'Validation accuracy, %'),
          panelTitle(theme, 1, `Training loss, nats${ends.length > 0 ? ' (dotted: a run diverged)' : ''}`),
        ],
      },
    };
  };
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
