/** The Shapley figure: how much of the gain each layer earns, arms side by side. */
import { hundredths } from '../../../core/number-format.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { columnSpreads, type Spread } from '../../../state/summary/summary.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/Chart.tsx';
import { plainText } from '../../charts/plain-text.ts';
import { isNothing, level } from '../../charts/series.ts';
import { axis, baseLayout, hoverTitle } from '../../charts/theme.ts';
import type { Metric } from '../metric.ts';

/** The parts of a result that the figure shows: it is redrawn when one of them changes, and only then. */
export type ShapleyParts = Pick<StudyResult, 'shapley' | 'config' | 'task'>;

interface ArmBars {
  readonly id: string;
  readonly name: string;
  readonly layers: readonly string[];
  readonly values: readonly Spread[];
  /** Standard deviation over seeds, or the sampling error where one seed was analysed. */
  readonly errors: readonly number[];
}

function barsOf(result: ShapleyParts, metric: Metric): ArmBars[] {
  return result.config.arms.flatMap((arm) => {
    const entries = result.shapley.filter((entry) => entry.arm === arm.id);
    if (entries.length === 0) return [];
    const twoTowers = new Set(entries[0].players.map(({ tower }) => tower)).size > 1;
    const layers = entries[0].players.map(({ tower, layer }) =>
      twoTowers ? `${tower[0].toUpperCase()}${layer + 1}` : String(layer + 1),
    );
    const values = columnSpreads(entries.map((entry) => entry[metric]));
    const sampling = entries[0][metric === 'accuracy' ? 'accuracyError' : 'lossError'];
    const errors = values.map((value, i) => (value.n > 1 ? value.sd : sampling[i]));
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
  return (theme) => ({
    data: bars.map(({ id, layers, values, errors, ...bar }) => {
      const name = plainText(bar.name);
      const style = styles.get(id);
      const colour = theme.arm(style?.token ?? '--ink');
      return {
        type: 'bar',
        name,
        x: layers,
        y: values.map(({ mean }) => factor * mean),
        customdata: errors.map((error) => factor * error),
        marker: { color: colour, line: { width: 0 } },
        error_y: {
          type: 'data',
          array: errors.map((error) => factor * error),
          color: theme.ink2,
          thickness: 1.1,
          width: 2,
        },
        hovertemplate: `${name} %{y:.${digits}f} ± %{customdata:.${digits}f}<extra></extra>`,
      };
    }),
    layout: {
      ...baseLayout(theme),
      barmode: 'group',
      bargap: 0.28,
      bargroupgap: 0.06,
      shapes: [level({ theme, panel: 0, value: 0, dash: 'solid' })],
      xaxis: axis(theme, 'layer, from input to output', {
        type: 'category',
        showgrid: false,
        ...hoverTitle('layer %{x}'),
      }),
      yaxis: axis(
        theme,
        metric === 'accuracy' ? 'Shapley value, points of accuracy' : 'Shapley value, nats of loss saved',
        nothing ? { range: [-1, 1] } : {},
      ),
      margin: { l: 46, r: 8, t: 8, b: 42 },
    },
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
      loss[a].values[i].mean.toFixed(4),
      loss[a].errors[i].toFixed(4),
      String(arm.values[i].n),
    ]),
  );
  return { head: ['Arm', 'Layer', 'Accuracy, points', '±', 'Loss, nats', '±', 'Seeds'], rows };
}
