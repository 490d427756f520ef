/** Shapley values of single images as cells: a row per picture, a column per layer, grouped by the layer that answers most. */
import { shownClass } from '../../../../data/bundled/shown-classes.ts';
import { armStyles } from '../../../arm-style.ts';
import type { TableData } from '../../../charts/DataTable.tsx';
import type { BuildFigure } from '../../../charts/figure.ts';
import { fixed } from '../../../format.ts';
import { layerAxis } from '../../../results/layer-axis.ts';
import type { Metric } from '../../../results/names.ts';
import type { ImageLayers, ImageLayersParts } from './image-layers.ts';
import { IMAGE_LAYERS_WORDS } from './messages.ts';

/** Pixels of a row: fewer pictures have taller ones. */
const rowHeight = (pictures: number): number => Math.max(5, Math.min(16, 420 / Math.max(1, pictures)));

export const imageLayersHeight = (pictures: number): number => 58 + Math.max(120, pictures * rowHeight(pictures));

/** Images in the order of their groups; those that no layer helps last. */
function inGroups({ groups, places }: ImageLayers): readonly number[] {
  const grouped = groups.flatMap(({ images }) => images);
  return [...grouped, ...places.map((_, i) => i).filter((i) => !grouped.includes(i))];
}

const told = (value: number, metric: Metric): string =>
  metric === 'accuracy' ? fixed(100 * value, 1) : fixed(value, 3);

export function imageLayersPlot(
  { config, task }: ImageLayersParts,
  {
    arm,
    metric,
    of,
    labels,
  }: { readonly arm: string; readonly metric: Metric; readonly of: ImageLayers; readonly labels: Uint8Array | null },
): BuildFigure | null {
  if (of.places.length === 0) return null;
  const rows = inGroups(of);
  const values = rows.map((image) => of.values.map((layer) => layer[image]));
  const most = Math.max(1e-9, ...values.flat().map(Math.abs));
  const token = armStyles(config.arms).get(arm)?.token ?? '--ink';
  const nameOf = (image: number): string => {
    const place = of.places[image];
    return `${IMAGE_LAYERS_WORDS.pictureNumber(place + 1)}${labels ? `, ${shownClass(config.task, task.classes[labels[place]])}` : ''}`;
  };
  return () => ({
    margin: { left: 26, right: 80, top: 8, bottom: 42 },
    pointer: 'nearest',
    colourBar: {
      scale: [
        [0, '--ink-3'],
        [0.5, '--surface'],
        [1, token],
      ],
      range: metric === 'accuracy' ? [-100 * most, 100 * most] : [-most, most],
      title: IMAGE_LAYERS_WORDS.units[metric],
      share: 0.8,
    },
    panels: [
      {
        x: layerAxis(of.names),
        y: {
          kind: 'names',
          title: IMAGE_LAYERS_WORDS.rows,
          names: rows.map(() => ''),
          ticks: [],
          labels: false,
          lines: false,
          fromTop: true,
        },
        marks: [
          {
            kind: 'cells',
            values,
            range: [-most, most],
            scale: [
              [0, '--ink-3'],
              [0.5, '--surface'],
              [1, token],
            ],
            gap: rows.length > 40 ? 0 : 1,
            reading: (row, column) =>
              IMAGE_LAYERS_WORDS.cell(
                nameOf(rows[row]),
                of.names[column],
                told(values[row][column], metric),
                IMAGE_LAYERS_WORDS.units[metric],
              ),
          },
        ],
      },
    ],
  });
}

export function imageLayersTable(
  { config, task }: ImageLayersParts,
  of: ImageLayers | null,
  metric: Metric,
  labels: Uint8Array | null,
): TableData {
  return {
    head: [
      IMAGE_LAYERS_WORDS.pictureHead,
      IMAGE_LAYERS_WORDS.classHead,
      ...(of?.names ?? []).map((name) => IMAGE_LAYERS_WORDS.layerHead(name, IMAGE_LAYERS_WORDS.units[metric])),
    ],
    rows: of
      ? inGroups(of).map((image) => [
          String(of.places[image] + 1),
          labels ? shownClass(config.task, task.classes[labels[of.places[image]]]) : '–',
          ...of.values.map((layer) => told(layer[image], metric)),
        ])
      : [],
  };
}
