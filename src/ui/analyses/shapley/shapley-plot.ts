/** The Shapley figure: each layer's contribution to the gain, arms side by side. */
import { layerNames } from '../../../core/layer-names.ts';
import { hundredths } from '../../../core/number-format.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { columnSpreads, type Spread } from '../../../state/summary/summary.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { plainLevel } from '../../charts/marks.ts';
import { alignNames } from '../../charts/names.ts';
import { layerAxis } from '../../results/layer-axis.ts';
import { isNothing } from '../../charts/ranges.ts';
import { fixed } from '../../format.ts';
import type { Metric } from '../../results/names.ts';
import { SHAPLEY_WORDS } from './messages.ts';

/** The parts of a result that the figure shows; it redraws only when one of these changes. */
export type ShapleyParts = Pick<StudyResult, 'shapley' | 'config' | 'task'>;

interface ArmBars {
  readonly id: string;
  readonly name: string;
  readonly layers: readonly string[];
  readonly values: readonly Spread[];
  /** Standard deviation over seeds, or the sampling error for a single seed. */
  readonly errors: readonly number[];
}

function barsOf(result: ShapleyParts, metric: Metric): ArmBars[] {
  return result.config.arms.flatMap((arm) => {
    const entries = result.shapley.filter((entry) => entry.arm === arm.id);
    if (entries.length === 0) return [];
    const layers = layerNames(entries[0].players);
    const values = columnSpreads(entries.map((entry) => entry[metric]));
    const sampling = entries[0][metric === 'accuracy' ? 'accuracyError' : 'lossError'];
    const errors = values.map(({ sd }, i) => sd ?? sampling[i]);
    return [{ id: arm.id, name: arm.name, layers, values, errors }];
  });
}

export function shapleyPlot(result: ShapleyParts, metric: Metric): BuildFigure | null {
  const bars = barsOf(result, metric);
  if (bars.length === 0) return null;
  const styles = armStyles(result.config.arms);
  const factor = metric === 'accuracy' ? 100 : 1;
  const digits = metric === 'accuracy' ? 2 : 3;
  const nothing = isNothing(bars.flatMap(({ values, errors }) => [...values.map(({ mean }) => mean), ...errors]));
  const { names, rows } = alignNames(
    bars.map(({ layers, values, errors }) =>
      layers.map((name, i) => ({ name, value: factor * values[i].mean, error: factor * errors[i] })),
    ),
  );
  return () => ({
    margin: { left: 46, right: 8, top: 8, bottom: 42 },
    pointer: 'x',
    panels: [
      {
        x: layerAxis(names),
        y: {
          kind: 'linear',
          title: SHAPLEY_WORDS.axes[metric],
          ...(nothing && { range: [-1, 1] }),
        },
        marks: [
          plainLevel(0, 'solid'),
          {
            kind: 'bars',
            gap: 0.28,
            barGap: 0.06,
            series: bars.map(({ id, name }, b) => ({
              name,
              values: rows[b].map((row) => row && row.value),
              errors: rows[b].map((row) => row?.error ?? 0),
              colour: styles.get(id)?.token ?? '--ink',
              reading: (i) =>
                `${name} ${fixed(rows[b][i]?.value ?? NaN, digits)} ± ${fixed(rows[b][i]?.error ?? NaN, digits)}`,
            })),
          },
        ],
      },
    ],
  });
}

export function shapleyTable(result: ShapleyParts): TableData {
  const accuracy = barsOf(result, 'accuracy');
  const loss = barsOf(result, 'loss');
  const rows = accuracy.flatMap((arm, a) =>
    arm.layers.map((layer, i) => [
      arm.name,
      layer,
      hundredths(arm.values[i].mean, 2),
      hundredths(arm.errors[i], 2),
      fixed(loss[a].values[i].mean, 4),
      fixed(loss[a].errors[i], 4),
      String(arm.values[i].n),
    ]),
  );
  return { head: SHAPLEY_WORDS.head, rows };
}
