/** The time of a step of every arm, over the steps of its training. */
import { fixed } from '../../../core/number-format.ts';
import { columnSpreads } from '../../../state/summary/summary.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { meanLine } from '../../charts/marks.ts';
import { bandEnds } from '../../charts/ranges.ts';
import { TIMING_WORDS } from './messages.ts';

type TimingParts = Pick<StudyResult, 'timing' | 'config'>;

function rowsOf({ timing = [], config }: TimingParts) {
  return config.arms.flatMap(({ id, name }) => {
    const runs = timing.filter(({ arm }) => arm === id);
    const [first] = runs;
    return first ? [{ id, name, steps: first.steps, spreads: columnSpreads(runs.map(({ seconds }) => seconds)) }] : [];
  });
}

export function timingPlot(result: TimingParts): BuildFigure | null {
  const rows = rowsOf(result);
  if (rows.length === 0) return null;
  const styles = armStyles(result.config.arms);
  const highest = Math.max(...rows.flatMap(({ spreads }) => bandEnds(spreads, 1000)));
  return () => ({
    margin: { left: 50, right: 10, top: 12, bottom: 42 },
    pointer: 'x',
    panels: [
      {
        x: {
          kind: 'linear',
          title: TIMING_WORDS.stepAxis,
          range: [0, result.config.training.steps],
          ticks: { count: 6 },
          heading: TIMING_WORDS.step,
        },
        y: { kind: 'linear', title: TIMING_WORDS.timeAxis, range: [0, 1.05 * highest], ticks: { count: 5 } },
        marks: rows.flatMap(({ id, name, steps, spreads }) => {
          const style = styles.get(id);
          return style ? [meanLine(steps, spreads, { style, name, factor: 1000, markers: true, unit: ' ms' })] : [];
        }),
      },
    ],
  });
}

/** Mean ± standard deviation over seeds. */
export const timingTable = (result: TimingParts): TableData => ({
  head: TIMING_WORDS.head,
  rows: rowsOf(result).flatMap(({ name, steps, spreads }) =>
    steps.map((step, i) => [
      name,
      String(step),
      fixed(1000 * spreads[i].mean, 2),
      fixed(1000 * (spreads[i].sd ?? NaN), 2),
    ]),
  ),
});
