/** What is left of every arm under every mask of layers, in the order in which figure and table list it. */
import { independentImages } from '../../../core/clusters.ts';
import { crossedInterval, type ScopedInterval } from '../../../core/crossed-interval.ts';
import { mean } from '../../../core/statistics.ts';
import { EVERY_OTHER, THIRDS } from '../../../copra/pruning/kept.ts';
import { spread, type Spread } from '../../../state/summary/summary.ts';
import { maskValues } from '../../../study/result/measures/pruning.ts';
import { pruningsOf } from '../../../study/result/of-arm.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { maskName } from './mask-names.ts';

export type PruningMetric = 'accuracy' | 'retained';

type Parts = Pick<StudyResult, 'pruning' | 'config' | 'task'>;
type Mask = StudyResult['pruning'][number]['structured'][number];

/** Fewer seeds give intervals that say nothing. */
const LEAST_SEEDS = 3;

/** A wider interval of a share of a gain says nothing: it holds losing all of the gain again, and keeping all of it. */
const MOST_TELLING = 2;

/** The masks that captions speak of: every other layer, and a third of the layers. */
const TOLD: ReadonlySet<string> = new Set([...EVERY_OTHER, ...THIRDS]);
const FEW = 5;

interface MaskOfArm {
  /** Share of its layers (or projections) that stay on, in per cent. */
  readonly kept: string;
  readonly accuracy: Spread;
  readonly retained: Spread | null;
  /** Per metric: the mean over seeds with its 95 % interval over them, on these images alone; null where it is unknown or there are too few seeds. */
  readonly intervals: Readonly<Record<PruningMetric, ScopedInterval | null>>;
}

export interface MaskRow {
  readonly label: string;
  readonly name: string;
  /** In the order of the arms; null for an arm that was not tested with it. */
  readonly arms: readonly (MaskOfArm | null)[];
}

/** Random masks of one size are one row. */
const groupOf = ({ label }: Mask): string => label.replace(/^(random-\d+).*/, '$1');

function maskOfArm(result: Parts, arm: string, group: string): MaskOfArm | null {
  const masks = pruningsOf(result, arm).flatMap(({ structured }) =>
    structured.filter((mask) => groupOf(mask) === group),
  );
  const accuracy = spread(masks.map((mask) => mask.accuracy));
  if (!accuracy) return null;
  const labels = [...new Set(masks.map(({ label }) => label))];
  const intervalOf = (metric: PruningMetric): ScopedInterval | null => {
    const values = maskValues(result, arm, labels, metric);
    if (values.length < LEAST_SEEDS) return null;
    const interval = crossedInterval(values, independentImages(result.task.test), null);
    const { low, high } = interval;
    if (metric === 'accuracy') return { ...interval, low: Math.max(0, low), high: Math.min(1, high) };
    return high - low > MOST_TELLING ? null : interval;
  };
  const [{ kept, of }] = masks;
  return {
    kept: `${Math.round((100 * kept) / of)}`,
    accuracy,
    retained: spread(masks.flatMap(({ retainedGain }) => retainedGain ?? [])),
    intervals: { accuracy: intervalOf('accuracy'), retained: intervalOf('retained') },
  };
}

/** Every mask, in result order. The empty mask is the frozen backbone's line. */
export function maskRows(result: Parts): MaskRow[] {
  const masks = result.pruning.flatMap(({ structured }) => structured.filter(({ label }) => label !== 'none'));
  return [...new Set(masks.map(groupOf))].map((label) => ({
    label,
    name: maskName(label),
    arms: result.config.arms.map(({ id }) => maskOfArm(result, id, label)),
  }));
}

/** The mean over the arms that have it; −∞ for none. */
function levelOf({ arms }: MaskRow, metric: PruningMetric): number {
  const known = arms.flatMap((arm) => arm?.[metric]?.mean ?? []);
  return known.length > 0 ? mean(known) : -Infinity;
}

/** From the mask that leaves most to the one that leaves least. @param few only the masks that captions speak of, or else the first ones */
export function sortedRows(rows: readonly MaskRow[], metric: PruningMetric, few: boolean): MaskRow[] {
  const sorted = rows.toSorted((a, b) => levelOf(b, metric) - levelOf(a, metric));
  if (!few) return sorted;
  const told = sorted.filter(({ label }) => TOLD.has(label));
  return told.length > 0 ? told : sorted.slice(0, FEW);
}
