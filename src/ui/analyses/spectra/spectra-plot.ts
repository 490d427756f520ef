/** Spectra of updates: one measure per layer, arms side by side, and the means of all measures. */
import { layerNames } from '../../../core/layer-names.ts';
import { seedDifference } from '../../../copra/seed-differences.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { columnSpreads } from '../../../state/summary/summary.ts';
import { bySeed, ofLayers, SPECTRA_MEASURES, type SpectraMeasure } from '../../../study/analyses/spectra/measures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { alignNames } from '../../charts/names.ts';
import { layerAxis } from '../../results/layer-axis.ts';
import { fixed } from '../../format.ts';
import { SPECTRA_WORDS } from './messages.ts';

/** The parts of a result that the figure shows. */
export type SpectraParts = Pick<StudyResult, 'spectra' | 'config'>;

export const measureOf = (id: SpectraMeasure['id']): SpectraMeasure =>
  SPECTRA_MEASURES.find((measure) => measure.id === id)!;

export const factorOf = ({ share }: SpectraMeasure): number => (share ? 100 : 1);
export const unitOf = ({ share }: SpectraMeasure): string => (share ? '\u00a0%' : '');

/** "Intruders, %" */
export const measureName = ({ id, share }: SpectraMeasure): string => {
  const name = SPECTRA_WORDS.measures[id];
  return share ? SPECTRA_WORDS.inPercent(name) : name;
};

/** Measures that some run has. */
export const knownMeasures = ({ spectra = [] }: SpectraParts): readonly SpectraMeasure[] =>
  SPECTRA_MEASURES.filter((measure) =>
    spectra.some((entry) => entry.maps.some((_, map) => measure.value(entry, map) !== null)),
  );

interface LayerRow {
  readonly name: string;
  readonly mean: number;
  readonly sd: number | null;
  readonly n: number;
}

/** Mean and standard deviation over seeds for every layer of every arm. */
function layersOf({ spectra = [], config }: SpectraParts, measure: SpectraMeasure) {
  return config.arms.flatMap(({ id, name }) => {
    const entries = spectra.filter(({ arm }) => arm === id);
    if (entries.length === 0) return [];
    const runs = entries.map((entry) => ofLayers(entry, measure));
    const names = layerNames(runs[0].map(({ player }) => player));
    const spreads = columnSpreads(runs.map((layers) => layers.map(({ value }) => factorOf(measure) * (value ?? NaN))));
    const rows = names.map((layer, i): LayerRow => ({ name: layer, ...spreads[i] })).filter(({ n }) => n > 0);
    return [{ id, name, rows }];
  });
}

export function spectraPlot(result: SpectraParts, measure: SpectraMeasure): BuildFigure | null {
  const arms = layersOf(result, measure).filter(({ rows }) => rows.length > 0);
  if (arms.length === 0) return null;
  const styles = armStyles(result.config.arms);
  const { names, rows } = alignNames(arms.map((arm) => arm.rows));
  const unit = unitOf(measure);
  return () => ({
    margin: { left: 46, right: 8, top: 8, bottom: 42 },
    pointer: 'x',
    panels: [
      {
        x: layerAxis(names),
        y: { kind: 'linear', title: measureName(measure), toZero: true },
        marks: [
          {
            kind: 'bars',
            gap: 0.28,
            barGap: 0.06,
            series: arms.map(({ id, name }, a) => ({
              name,
              values: rows[a].map((row) => row && row.mean),
              errors: rows[a].map((row) => row?.sd ?? 0),
              colour: styles.get(id)?.token ?? '--ink',
              reading: (i) => {
                const { mean, sd } = rows[a][i] ?? { mean: NaN, sd: null };
                return `${name} ${fixed(mean, 2)}${sd === null ? '' : ` ± ${fixed(sd, 2)}`}${unit}`;
              },
            })),
          },
        ],
      },
    ],
  });
}

export interface MeasureRow {
  readonly measure: SpectraMeasure;
  /** Per arm: a value per run, in the unit shown. */
  readonly values: readonly (readonly number[])[];
  /** Every arm but the first against the first. */
  readonly differences: readonly (ScopedInterval | null)[];
}

/** Every known measure as one number per run, with the paired differences of the arms. */
export function measureRows(result: SpectraParts): readonly MeasureRow[] {
  const { spectra = [], config } = result;
  return knownMeasures(result).map((measure) => {
    const seeds = config.arms.map(({ id }) =>
      bySeed(spectra, id, measure).map((entry) => ({ ...entry, value: factorOf(measure) * entry.value })),
    );
    return {
      measure,
      values: seeds.map((list) => list.map(({ value }) => value)),
      differences: seeds.slice(1).map((list) => seedDifference(seeds[0], list, null)),
    };
  });
}

export function spectraTable(result: SpectraParts): TableData {
  const rows = knownMeasures(result).flatMap((measure) =>
    layersOf(result, measure).flatMap(({ name, rows }) =>
      rows.map((row) => [
        SPECTRA_WORDS.measures[measure.id],
        name,
        row.name,
        `${fixed(row.mean, 3)}${unitOf(measure)}`,
        fixed(row.sd, 3),
        String(row.n),
      ]),
    ),
  );
  return { head: SPECTRA_WORDS.head, rows };
}
