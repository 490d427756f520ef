/** Distances or cosines between trained adapters as a matrix. */
import { fixed } from '../../../core/number-format.ts';
import { cosine, distance, type PointCloud } from '../../../copra/geometry/distances.ts';
import type { GeometryResult } from '../../../study/analyses/geometry/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import { plainText } from '../../charts/plain-text.ts';
import type { BuildFigure } from '../../charts/Chart.tsx';
import { axis, baseLayout } from '../../charts/theme.ts';

export type Measure = 'distance' | 'cosine';
export type Space = 'factors' | 'updates';

/** Cells wide enough for their number. */
const ROOM_FOR_TEXT = 38;

/** Places of the trained adapters among all points, arm by arm. */
export const trainedPoints = (points: GeometryResult['points']): number[] =>
  points.flatMap(({ step }, i) => (step === null ? [i] : []));

const nameOf = ({ config }: Pick<StudyResult, 'config'>, { arm, seed }: GeometryResult['points'][number]): string =>
  `${plainText(config.arms.find(({ id }) => id === arm)?.name ?? arm)} ${seed}`;

const valueOf = (cloud: PointCloud, measure: Measure, i: number, j: number): number | null =>
  measure === 'distance' ? distance(cloud, i, j) : cosine(cloud, i, j);

export function matrixPlot(
  result: Pick<StudyResult, 'config'>,
  geometry: GeometryResult,
  { space, measure }: { space: Space; measure: Measure },
): BuildFigure {
  const kept = trainedPoints(geometry.points);
  const names = kept.map((i) => nameOf(result, geometry.points[i]));
  const z = kept.map((i) => kept.map((j) => valueOf(geometry[space], measure, i, j)));
  return (theme, width) => {
    const left = 12 + 7 * Math.max(...names.map((name) => name.length));
    const cell = (width - left - 80) / kept.length;
    return {
      data: [
        {
          type: 'heatmap',
          x: names,
          y: names,
          z,
          colorscale: 'Cividis',
          reversescale: measure === 'distance', // bright: alike
          ...(measure === 'distance' ? { zmin: 0 } : { zmax: 1 }),
          xgap: 1,
          ygap: 1,
          ...(cell >= ROOM_FOR_TEXT ? { texttemplate: '%{z:.2f}', textfont: { size: 12 } } : {}),
          colorbar: { thickness: 10, outlinewidth: 0, tickfont: { size: 12, color: theme.ink3 } },
          hovertemplate: `%{y} and %{x}: %{z:.3f}<extra></extra>`,
        },
      ],
      layout: {
        ...baseLayout(theme),
        hovermode: 'closest',
        margin: { l: left, r: 70, t: 10, b: left > 90 || cell < 60 ? 78 : 40 },
        xaxis: axis(theme, '', { type: 'category', showgrid: false, tickangle: cell < 60 ? -60 : 0 }),
        yaxis: axis(theme, '', { type: 'category', showgrid: false, autorange: 'reversed' }),
      },
    };
  };
}

/** Every two trained adapters. */
export function matrixTable(result: Pick<StudyResult, 'config'>, geometry: GeometryResult | undefined): TableData {
  const head = ['Adapter', 'Other adapter', 'A, B: cosine', 'distance', 'ΔW: cosine', 'distance'];
  if (!geometry) return { head, rows: [] };
  const { points, factors, updates } = geometry;
  const kept = trainedPoints(points);
  const rows = kept.flatMap((i, at) => [
    [nameOf(result, points[i]), 'pretrained', '–', fixed(factors.norms[i], 3), '–', fixed(updates.norms[i], 3)],
    ...kept
      .slice(at + 1)
      .map((j) => [
        ...[nameOf(result, points[i]), nameOf(result, points[j])],
        ...[factors, updates].flatMap((cloud) => [fixed(cosine(cloud, i, j), 3), fixed(distance(cloud, i, j), 3)]),
      ]),
  ]);
  return { head, rows };
}
