/** The study of a cell → what the map keeps of it. */
import { mean } from '../../core/statistics.ts';
import { armDifference } from '../result/measures/arm-difference.ts';
import type { Measure } from '../result/measures/measure.ts';
import { MEASURES } from '../result/measures/measures.ts';
import { hasDiverged } from '../result/seed-groups.ts';
import type { StudyResult } from '../result/result.ts';
import type { CellPlace } from './cells.ts';
import type { CellDifference, CellResult } from './map-result.ts';

const bound = (value: number): number | null => (Number.isNaN(value) ? null : value);

function differenceIn(result: StudyResult, measure: Measure): CellDifference[] {
  const [baseline, other] = result.config.arms.map(({ id }) => id);
  const found = armDifference(result, measure, baseline, other);
  if (!found) return [];
  const values = [measure.values(result, baseline, other), measure.values(result, other, baseline)];
  const nameOf = ({ seeds }: { readonly seeds: readonly number[] }): string => seeds.join(' ');
  const shared = values.map((own, i) => {
    const others = new Set(values[1 - i].map(nameOf));
    return mean(own.filter((entry) => others.has(nameOf(entry))).map(({ value }) => value));
  });
  const { low, high, ...rest } = found;
  const motifs = measure.sample(result)?.motifs ?? null;
  return [
    {
      measure: measure.id,
      ...rest,
      low: bound(low),
      high: bound(high),
      arms: [shared[0], shared[1]],
      ...(motifs !== null && { motifs }),
    },
  ];
}

/** @param result of a study with two arms, the baseline first */
export function cellResult({ x, y }: CellPlace, result: StudyResult): CellResult {
  const { config, provenance } = result;
  const diverged = config.arms.map(({ id }) => config.seeds.filter((seed) => hasDiverged(result, id, seed)).length);
  return {
    x,
    y,
    provenance,
    diverged: [diverged[0], diverged[1]],
    differences: MEASURES.flatMap((measure) => differenceIn(result, measure)),
  };
}
