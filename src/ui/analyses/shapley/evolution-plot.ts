/** Shapley values during training as small multiples: bars per layer, panels ordered by time, or heat maps, arms × steps. */
import { layerNames } from '../../../core/layer-names.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { BuildFigure } from '../../charts/figure.ts';
import { plainLevel } from '../../charts/marks.ts';
import { everyNth } from '../../charts/names.ts';
import { paddedRange } from '../../charts/ranges.ts';
import { fixed } from '../../format.ts';
import type { Metric } from '../../results/names.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';
import type { ShapleyParts } from './shapley-plot.ts';
import { finalPanels, panelOf, type HeatPanel } from './heatmap-plot.ts';

const titlesAt = (arm: string, step: number): Pick<HeatPanel, 'title' | 'narrowTitle'> => ({
  title: SHAPLEY_FIGURE_WORDS.evolution.panel(arm, step),
  narrowTitle: SHAPLEY_FIGURE_WORDS.evolution.narrowPanel(arm, step),
});

/**
 * Panels of every arm in step order; the last is the trained adapter. Empty if nothing was analysed before the end. An arm has no row until one of its stages
 * is analysed, and stages still to come are panels without players: trained adapters are analysed before earlier ones, arm by arm.
 */
export function evolutionPanels(result: ShapleyParts, metric: Metric): HeatPanel[][] {
  const { shapley, config } = result;
  const error = metric === 'accuracy' ? 'accuracyError' : 'lossError';
  const steps = [...new Set(shapley.flatMap(({ evolution = [] }) => evolution.map(({ step }) => step)))];
  steps.sort((a, b) => a - b);
  const final = finalPanels(result, metric);
  return config.arms.flatMap(({ id, name }) => {
    const stages = shapley.flatMap(({ arm, evolution = [] }) => (arm === id ? evolution : []));
    const last = final.find(({ arm }) => arm === id);
    if (!last || stages.length === 0) return [];
    const earlier = steps.map((step) => {
      const own = stages.filter((stage) => stage.step === step);
      return panelOf(
        titlesAt(name, step),
        id,
        own.length > 0 ? last.players : [],
        own.map((stage) => stage[metric]),
        own[0]?.[error] ?? [],
        metric === 'accuracy' ? 100 : 1,
      );
    });
    return [[...earlier, { ...last, ...titlesAt(name, config.training.steps) }]];
  });
}

/** Rows are arms, columns are steps. Narrow pages get fewer ticks. */
export function evolutionBars(
  arms: readonly (readonly HeatPanel[])[],
  metric: Metric,
  config: StudyResult['config'],
): BuildFigure {
  const styles = armStyles(config.arms);
  const unit = SHAPLEY_FIGURE_WORDS.units[metric];
  const digits = metric === 'accuracy' ? 2 : 3;
  const panels = arms.flat();
  const columns = arms[0].length;
  const all = panels.flatMap(({ values, errors }) =>
    values.flatMap(({ mean }, i) => [mean - errors[i], mean + errors[i]]),
  );
  const range = paddedRange([0, ...all.filter(Number.isFinite)]) ?? [0, 1];
  return (width) => ({
    margin: { left: 48, right: 8, top: 28, bottom: 42 },
    grid: { columns, rows: arms.length, columnGap: 0.03 * width, rowGap: 32 },
    pointer: 'nearest',
    panels: panels.map(({ arm, title, narrowTitle, values, errors }, index) => {
      const column = index % columns;
      const row = Math.floor(index / columns);
      const isLowest = row === arms.length - 1;
      // Of the trained adapter, because panels still to come have no players.
      const layers = layerNames(arms[row][columns - 1].players);
      return {
        title: width < 400 ? narrowTitle : title,
        x: {
          kind: 'names',
          names: layers,
          ticks: everyNth(layers.length, width / columns < 220 ? 3 : 1),
          title: isLowest && column === Math.floor(columns / 2) ? SHAPLEY_FIGURE_WORDS.layer : '',
          labels: isLowest,
          lines: false,
        },
        y: {
          kind: 'linear',
          title: column === 0 ? unit : '',
          labels: column === 0,
          range,
          ticks: { count: 4 },
        },
        marks: [
          plainLevel(0, 'solid'),
          {
            kind: 'bars',
            gap: 0.25,
            series: [
              {
                name: config.arms.find(({ id }) => id === arm)?.name ?? arm,
                values: values.map(({ mean }) => mean),
                errors,
                colour: styles.get(arm)?.token ?? '--ink',
                reading: (i) =>
                  SHAPLEY_FIGURE_WORDS.evolution.bar(
                    title,
                    layers[i],
                    SHAPLEY_FIGURE_WORDS.measured(fixed(values[i].mean, digits), fixed(errors[i], digits), unit),
                  ),
              },
            ],
          },
        ],
      };
    }),
  });
}
