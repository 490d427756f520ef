/** Shapley values along the training as small multiples: bars of layers side by side in time, or heat maps, arms × steps. */
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { BuildFigure } from '../../charts/Chart.tsx';
import type { Layout, Trace } from '../../charts/plotly.ts';
import { axisKey, axisRef, level, paddedRange, panelTitle } from '../../charts/series.ts';
import { axis, baseLayout } from '../../charts/theme.ts';
import { plainText } from '../../charts/plain-text.ts';
import type { Metric } from '../metric.ts';
import type { ShapleyParts } from './shapley-plot.ts';
import { finalPanels, panelOf, type HeatPanel } from './heatmap-plot.ts';

/** Panels of every arm, first step to last; the last is the trained adapter. Empty where nothing was analysed before the end. */
export function evolutionPanels(result: ShapleyParts, metric: Metric): HeatPanel[][] {
  const { shapley, config } = result;
  const error = metric === 'accuracy' ? 'accuracyError' : 'lossError';
  const steps = [...new Set(shapley.flatMap(({ evolution = [] }) => evolution.map(({ step }) => step)))];
  steps.sort((a, b) => a - b);
  if (steps.length === 0) return [];
  const final = finalPanels(result, metric);
  return config.arms.flatMap(({ id, name }) => {
    const entries = shapley.filter((entry) => entry.arm === id);
    const last = final.find(({ arm }) => arm === id);
    if (!last) return [];
    const earlier = steps.map((step) => {
      const stages = entries.flatMap(({ evolution = [] }) => evolution.filter((stage) => stage.step === step));
      const values = stages.map((stage) => stage[metric]);
      const title = `${plainText(name)}, step ${step}`;
      return panelOf(title, id, last.players, values, stages[0]?.[error] ?? [], metric === 'accuracy' ? 100 : 1);
    });
    return [[...earlier, { ...last, title: `${plainText(name)}, step ${config.training.steps}` }]];
  });
}

/** Rows are arms, columns are steps. Narrow pages get fewer ticks. */
export function evolutionBars(
  arms: readonly (readonly HeatPanel[])[],
  metric: Metric,
  config: StudyResult['config'],
): BuildFigure {
  const styles = armStyles(config.arms);
  const unit = metric === 'accuracy' ? 'points' : 'nats';
  const digits = metric === 'accuracy' ? 2 : 3;
  return (theme, width) => {
    const columns = arms[0].length;
    const gap = 0.03;
    const titleRoom = 0.16;
    const layout: Layout = { ...baseLayout(theme), hovermode: 'closest', bargap: 0.25 };
    const annotations: Layout[] = [];
    const shapes: Layout[] = [];
    const data: Trace[] = [];
    const all = arms
      .flat()
      .flatMap(({ values, errors }) => values.flatMap(({ mean }, i) => [mean - errors[i], mean + errors[i]]));
    const range = paddedRange([0, ...all.filter(Number.isFinite)]) ?? [0, 1];
    arms.forEach((panels, row) =>
      panels.forEach((panel, column) => {
        const index = row * columns + column;
        const twoTowers = new Set(panel.players.map(({ tower }) => tower)).size > 1;
        const panelWidth = (1 - gap * (columns - 1)) / columns;
        const left = column * (panelWidth + gap);
        const top = 1 - row / arms.length - titleRoom / arms.length;
        const last = row === arms.length - 1;
        layout[axisKey('x', index)] = axis(theme, last && column === Math.floor(columns / 2) ? 'layer' : '', {
          domain: [left, left + panelWidth],
          anchor: axisRef('y', index),
          type: 'category',
          showgrid: false,
          showticklabels: last,
          dtick: width / columns < 220 ? 3 : 1,
          tickangle: 0,
        });
        layout[axisKey('y', index)] = axis(theme, column === 0 ? unit : '', {
          domain: [1 - (row + 1) / arms.length + 0.03, top],
          anchor: axisRef('x', index),
          range,
          nticks: 4,
          showticklabels: column === 0,
        });
        annotations.push(panelTitle(theme, index, width < 400 ? panel.title.replace(', step ', ' ') : panel.title));
        shapes.push(level({ theme, panel: index, value: 0, dash: 'solid' }));
        data.push({
          type: 'bar',
          x: panel.players.map(({ tower, layer }) =>
            twoTowers ? `${tower[0].toUpperCase()}${layer + 1}` : String(layer + 1),
          ),
          y: panel.values.map(({ mean }) => mean),
          customdata: panel.errors,
          marker: { color: theme.arm(styles.get(panel.arm)?.token ?? '--ink'), line: { width: 0 } },
          error_y: { type: 'data', array: panel.errors, color: theme.ink2, thickness: 1, width: 1.5 },
          hovertemplate: `${panel.title}, layer %{x}: %{y:.${digits}f} ± %{customdata:.${digits}f} ${unit}<extra></extra>`,
          xaxis: axisRef('x', index),
          yaxis: axisRef('y', index),
        });
      }),
    );
    return { data, layout: { ...layout, annotations, shapes, margin: { l: 48, r: 8, t: 4, b: 42 } } };
  };
}
