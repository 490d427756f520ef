/** Distances or cosines between trained adapters as a matrix. */
import { cosine, distance, type PointCloud } from '../../../copra/geometry/distances.ts';
import type { GeometryResult } from '../../../study/analyses/geometry/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import { CIVIDIS, reversed } from '../../charts/colours.ts';
import type { BuildFigure } from '../../charts/figure.ts';
import { fixed } from '../../format.ts';
import { GEOMETRY_WORDS } from './messages.ts';

export type Measure = 'distance' | 'cosine';
export type Space = 'factors' | 'updates';

/** Minimum cell width for its number. */
const ROOM_FOR_TEXT = 38;

/** Indices of the trained adapters among all points, arm by arm. */
export const trainedPoints = (points: GeometryResult['points']): number[] =>
  points.flatMap(({ step }, i) => (step === null ? [i] : []));

const nameOf = ({ config }: Pick<StudyResult, 'config'>, { arm, seed }: GeometryResult['points'][number]): string =>
  `${config.arms.find(({ id }) => id === arm)?.name ?? arm} ${seed}`;

const valueOf = (cloud: PointCloud, measure: Measure, i: number, j: number): number | null =>
  measure === 'distance' ? distance(cloud, i, j) : cosine(cloud, i, j);

export function matrixPlot(
  result: Pick<StudyResult, 'config'>,
  geometry: GeometryResult,
  { space, measure }: { space: Space; measure: Measure },
): BuildFigure {
  const kept = trainedPoints(geometry.points);
  const names = kept.map((i) => nameOf(result, geometry.points[i]));
  const values = kept.map((i) => kept.map((j) => valueOf(geometry[space], measure, i, j)));
  const known = values.flat().filter((value) => value !== null);
  // Bright means similar.
  const scale = measure === 'distance' ? reversed(CIVIDIS) : CIVIDIS;
  const range =
    measure === 'distance' ? ([0, Math.max(...known, 1e-9)] as const) : ([Math.min(...known, 0), 1] as const);
  return (width) => {
    const left = 12 + 7 * Math.max(...names.map((name) => name.length));
    const cell = (width - left - 80) / kept.length;
    const slanted = cell < 60;
    return {
      margin: { left, right: 70, top: 10, bottom: left > 90 || slanted ? 78 : 40 },
      pointer: 'nearest',
      colourBar: { scale, range, share: 1 },
      panels: [
        {
          x: { kind: 'names', names, lines: false, slanted },
          y: { kind: 'names', names, lines: false, fromTop: true },
          marks: [
            {
              kind: 'cells',
              values,
              range,
              scale,
              gap: 1,
              ...(cell >= ROOM_FOR_TEXT && { text: (value) => fixed(value, 2) }),
              reading: (row, column) => GEOMETRY_WORDS.pair(names[row], names[column], fixed(values[row][column], 3)),
            },
          ],
        },
      ],
    };
  };
}

/** Table of all pairs of trained adapters. */
export function matrixTable(result: Pick<StudyResult, 'config'>, geometry: GeometryResult | undefined): TableData {
  const { head } = GEOMETRY_WORDS;
  if (!geometry) return { head, rows: [] };
  const { points, factors, updates } = geometry;
  const kept = trainedPoints(points);
  const rows = kept.flatMap((i, at) => [
    [
      nameOf(result, points[i]),
      GEOMETRY_WORDS.pretrained,
      '–',
      fixed(factors.norms[i], 3),
      '–',
      fixed(updates.norms[i], 3),
    ],
    ...kept
      .slice(at + 1)
      .map((j) => [
        ...[nameOf(result, points[i]), nameOf(result, points[j])],
        ...[factors, updates].flatMap((cloud) => [fixed(cosine(cloud, i, j), 3), fixed(distance(cloud, i, j), 3)]),
      ]),
  ]);
  return { head, rows };
}
