/** How loss and accuracy change when adapters are perturbed, on test and on training images. */
import { independentImages } from '../../../core/clusters.ts';
import { seedDifference } from '../../../copra/seed-differences.ts';
import type { ScopedInterval, SeedValue } from '../../../core/crossed-interval.ts';
import { compact, fixed } from '../../../core/number-format.ts';
import { columnSpreads } from '../../../state/summary/summary.ts';
import type { SharpnessResult } from '../../../study/analyses/sharpness/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { testedImages } from '../../../study/result/tested-images.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { isNarrow, panelGrid } from '../../charts/figure-size.ts';
import { meanLine, plainLevel } from '../../charts/marks.ts';
import type { Metric } from '../../results/names.ts';
import { SHARPNESS_WORDS } from './messages.ts';

/** The parts of a result that the figure shows. */
export type SharpnessParts = Pick<StudyResult, 'sharpness' | 'config' | 'task'>;

/** What perturbations cost on one set of images. */
export interface LossIncrease {
  /** "test images" */
  readonly images: string;
  /** Per arm: the increase of every run, in nats. */
  readonly values: readonly (readonly number[])[];
  /** Every arm but the first against the first. */
  readonly differences: readonly (ScopedInterval | null)[];
}

interface SeedIncrease extends LossIncrease {
  /** The values with their seeds. */
  readonly bySeed: readonly (readonly SeedValue[])[];
}

const IMAGES = ['test', 'train'] as const;
type Images = (typeof IMAGES)[number];

/** From the smallest perturbation to the largest, each once: earlier versions kept them as they were written in the settings, and studies grow. */
function bySize(entry: SharpnessResult): SharpnessResult {
  const { radii, test, train } = entry;
  const order = [...new Set(radii)].sort((a, b) => a - b).map((radius) => radii.indexOf(radius));
  const ordered = ({ accuracy, loss }: SharpnessResult['test']) => ({
    accuracy: order.map((i) => accuracy[i]),
    loss: order.map((i) => loss[i]),
  });
  return {
    ...entry,
    radii: order.map((i) => radii[i]),
    test: ordered(test),
    ...(train && { train: { ...train, ...ordered(train) } }),
  };
}

/** Loss minus that of the adapter as it is, or accuracy lost, one per radius; null where these images were not scored. */
function changes(entry: SharpnessResult, images: Images, metric: Metric): number[] | null {
  const scores = entry[images];
  if (!scores) return null;
  const values = scores[metric];
  return values.map((value) => (metric === 'loss' ? value - values[0] : 100 * (value - values[0])));
}

const shownImages = (sharpness: readonly SharpnessResult[]) =>
  IMAGES.filter((images) => sharpness.some((entry) => entry[images] !== undefined));

function rowsOf(
  { sharpness = [], config }: Pick<SharpnessParts, 'sharpness' | 'config'>,
  images: Images,
  metric: Metric,
) {
  return config.arms.flatMap(({ id, name }) => {
    const entries = sharpness.filter(({ arm }) => arm === id).map(bySize);
    const lists = entries.flatMap((entry) => changes(entry, images, metric) ?? []);
    if (lists.length === 0) return [];
    const curves = entries.map((entry) => changes(entry, images, metric) ?? []);
    return [{ id, name, radii: entries[0].radii, spreads: columnSpreads(curves) }];
  });
}

/** Stacked panels are each as high as the title of their axis is long. */
export const sharpnessHeight = ({ sharpness = [] }: Pick<SharpnessParts, 'sharpness'>, width: number): number => {
  const panels = shownImages(sharpness).length;
  return panels > 1 && isNarrow(width) ? 280 * panels : 280;
};

export function sharpnessPlot(result: SharpnessParts, metric: Metric): BuildFigure | null {
  const { sharpness = [], config } = result;
  const shown = shownImages(sharpness);
  if (shown.length === 0) return null;
  const styles = armStyles(config.arms);
  return (width) => {
    const stacked = isNarrow(width);
    return {
      choice: metric,
      margin: { left: 50, right: 8, top: 24, bottom: 42 },
      grid: panelGrid(shown.length, stacked, { across: 56, down: 52 }),
      pointer: 'x',
      panels: shown.map((images, panel) => ({
        title: SHARPNESS_WORDS.images[images],
        x: {
          kind: 'linear',
          title: stacked && panel < shown.length - 1 ? '' : SHARPNESS_WORDS.axis,
          heading: (radius) => `‖δ‖ / ‖θ‖ = ${radius}`,
        },
        y: { kind: 'linear', title: SHARPNESS_WORDS.changes[metric] },
        marks: [
          plainLevel(0, 'solid'),
          ...rowsOf(result, images, metric).map((arm) =>
            meanLine(arm.radii, arm.spreads, {
              style: styles.get(arm.id)!,
              name: arm.name,
              markers: true,
              unit: '',
              digits: metric === 'loss' ? 3 : 1,
            }),
          ),
        ],
      })),
    };
  };
}

/** Size of the largest perturbation; null while nothing is measured. */
export function largestRadius(sharpness: readonly SharpnessResult[] = []): number | null {
  const [first] = sharpness;
  return first ? Math.max(...first.radii) : null;
}

/** The loss increase of every run at the largest perturbation. Losses of single images are not kept: intervals are over seeds, on these images. */
export function largestIncreases(result: SharpnessParts): readonly SeedIncrease[] {
  const { sharpness = [], config } = result;
  const trained = sharpness.find(({ train }) => train)?.train?.images;
  const drawn = {
    test: independentImages(testedImages(result)),
    train: trained === undefined ? null : independentImages(trained),
  };
  return shownImages(sharpness).map((images) => {
    const bySeed = config.arms.map((arm) =>
      sharpness.flatMap((entry): SeedValue[] => {
        const value = entry.arm === arm.id ? changes(bySize(entry), images, 'loss')?.at(-1) : undefined;
        return value === undefined ? [] : [{ seeds: [entry.seed], value, sensitivity: 0 }];
      }),
    );
    return {
      images: SHARPNESS_WORDS.on[images],
      values: bySeed.map((list) => list.map(({ value }) => value)),
      bySeed,
      differences: bySeed.slice(1).map((list) => seedDifference(bySeed[0], list, drawn[images])),
    };
  });
}

export function sharpnessTable(result: SharpnessParts): TableData {
  const rows = shownImages(result.sharpness ?? []).flatMap((images) => {
    const accuracy = rowsOf(result, images, 'accuracy');
    return rowsOf(result, images, 'loss').flatMap((arm, a) =>
      arm.radii.map((radius, i) => [
        SHARPNESS_WORDS.images[images],
        arm.name,
        compact(radius),
        fixed(arm.spreads[i].mean, 4),
        fixed(arm.spreads[i].sd, 4),
        fixed(accuracy[a].spreads[i].mean, 2),
        fixed(accuracy[a].spreads[i].sd, 2),
      ]),
    );
  });
  return { head: SHARPNESS_WORDS.head, rows };
}
