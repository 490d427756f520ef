/** Adapters as points: an embedding of their distances, with the training paths. */
import type { ArmConfig } from '../../../study/config/config.ts';
import type { GeometryResult } from '../../../study/analyses/geometry/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Embedding } from '../../../state/embedding/request.ts';
import { armStyles } from '../../arm-style.ts';
import type { BuildFigure, Mark } from '../../charts/figure.ts';
import { GEOMETRY_WORDS } from './messages.ts';
import { seedShape } from './seed-shapes.ts';

const SMALLEST = 10;
const LARGEST = 18;

/** Marker size per arm: larger for higher learning rates, where arms differ in it. */
export function sizesOf(arms: readonly Pick<ArmConfig, 'id' | 'learningRate'>[]): ReadonlyMap<string, number> {
  const rates = [...new Set(arms.map(({ learningRate }) => learningRate))].sort((a, b) => a - b);
  const step = rates.length > 1 ? (LARGEST - SMALLEST) / (rates.length - 1) : 0;
  const middle = (SMALLEST + LARGEST) / 2;
  return new Map(
    arms.map(({ id, learningRate }) => [id, rates.length > 1 ? SMALLEST + step * rates.indexOf(learningRate) : middle]),
  );
}

interface Way {
  readonly arm: string;
  readonly seed: number;
  /** Indices into the list of points. */
  readonly at: readonly number[];
}

/** The points of each run, ordered by step. */
function waysOf(points: GeometryResult['points']): Way[] {
  const ways = new Map<string, { arm: string; seed: number; at: number[] }>();
  points.forEach(({ arm, seed }, i) => {
    const key = `${arm} ${seed}`;
    const way = ways.get(key) ?? { arm, seed, at: [] };
    ways.set(key, way);
    way.at.push(i);
  });
  return [...ways.values()];
}

export function pointsPlot(
  points: GeometryResult['points'],
  { arms, seeds }: StudyResult['config'],
  embedding: Embedding,
): BuildFigure {
  const styles = armStyles(arms);
  const sizes = sizesOf(arms);
  const marksOf = ({ arm, seed, at }: Way): Mark[] => {
    const style = styles.get(arm);
    const colour = style?.token ?? '--ink-2';
    const { shape } = seedShape(seeds, seed);
    const steps = at.map((i) => points[i].step);
    const name = GEOMETRY_WORDS.run(arms.find(({ id }) => id === arm)?.name ?? arm, seed);
    const [x, y] = [at.map((i) => embedding[i][0]), at.map((i) => embedding[i][1])];
    return [
      { kind: 'line', x, y, colour, opacity: 0.55, width: 1.5, dash: style?.dash ?? 'solid' },
      {
        kind: 'points',
        name,
        edge: { colour: '--surface', width: 1 },
        // Runs with equal seeds start at the same point, whatever the arm.
        points: steps.map((step, i) => ({
          x: x[i],
          y: y[i],
          shape,
          ...(step === 0
            ? { colour: '--ink', hollow: true, size: 9 }
            : { colour, size: step === null ? (sizes.get(arm) ?? SMALLEST) : 6 }),
        })),
        reading: (i) => GEOMETRY_WORDS.place(name, steps[i]),
      },
    ];
  };
  return () => ({
    margin: { left: 10, right: 10, top: 10, bottom: 10 },
    pointer: 'nearest',
    panels: [
      {
        x: { kind: 'linear', labels: false, lines: false },
        y: { kind: 'linear', labels: false, lines: false },
        equalUnits: true,
        framed: true,
        marks: waysOf(points).flatMap(marksOf),
      },
    ],
  });
}
