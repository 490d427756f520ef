/** Adapters as points: an embedding of their distances, with the ways of the runs. */
import type { ArmConfig } from '../../../study/config/config.ts';
import type { GeometryResult } from '../../../study/analyses/geometry/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Embedding } from '../../../state/embedding/request.ts';
import { armStyles } from '../../arm-style.ts';
import { plainText } from '../../charts/plain-text.ts';
import type { BuildFigure } from '../../charts/Chart.tsx';
import type { Trace } from '../../charts/plotly.ts';
import { axis, baseLayout, type ChartTheme } from '../../charts/theme.ts';
import { seedShape } from './seed-shapes.ts';

const SMALLEST = 10;
const LARGEST = 18;

/** Size of the trained adapters of every arm: the larger, the higher the learning rate, where arms differ in it. */
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
  /** Places in the list of points. */
  readonly at: readonly number[];
}

/** The points of every run, in the order of their steps. */
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
  const trace = (theme: ChartTheme, { arm, seed, at }: Way): Trace => {
    const config = arms.find(({ id }) => id === arm);
    const style = styles.get(arm);
    const colour = style ? theme.arm(style.token) : theme.ink2;
    const { symbol } = seedShape(seeds, seed);
    const steps = at.map((i) => points[i].step);
    const name = `${plainText(config?.name ?? arm)}, seed ${seed}`;
    return {
      type: 'scatter',
      mode: 'lines+markers',
      name,
      x: at.map((i) => embedding[i][0]),
      y: at.map((i) => embedding[i][1]),
      customdata: steps.map((step) => (step === null ? 'trained' : `step ${step}`)),
      line: { color: theme.fade(colour, 0.55), width: 1.5, dash: style?.dash ?? 'solid' },
      marker: {
        // Equal seeds begin in one place, whatever the arm.
        color: steps.map((step) => (step === 0 ? theme.ink : colour)),
        symbol: steps.map((step) => (step === 0 ? `${symbol}-open` : symbol)),
        size: steps.map((step) => (step === null ? (sizes.get(arm) ?? SMALLEST) : step === 0 ? 9 : 6)),
        opacity: 1,
        line: { color: theme.surface, width: steps.map((step) => (step === 0 ? 0 : 1)) },
      },
      hovertemplate: `${name}, %{customdata}<extra></extra>`,
    };
  };
  return (theme) => {
    const bare = axis(theme, '', { showticklabels: false, showgrid: false });
    return {
      data: waysOf(points).map((way) => trace(theme, way)),
      layout: {
        ...baseLayout(theme),
        hovermode: 'closest',
        margin: { l: 10, r: 10, t: 10, b: 10 },
        xaxis: { ...bare, mirror: true, showline: true },
        yaxis: { ...bare, mirror: true, showline: true, scaleanchor: 'x' },
      },
    };
  };
}
