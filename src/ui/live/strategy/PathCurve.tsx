/** Accuracy along the path between two seeds, the straight line between its ends, and a marker at λ. */
import type { LandscapeResult } from '../../../study/analyses/landscape/result.ts';
import css from './strategy.module.css';

const WIDTH = 200;
const HEIGHT = 72;

interface PathCurveProps {
  readonly entry: LandscapeResult;
  /** Index of λ. */
  readonly at: number;
  readonly colour: string;
  readonly frozen: number | null;
}

export function PathCurve({ entry, at, colour, frozen }: PathCurveProps) {
  const { lambdas, accuracy } = entry;
  const low = Math.min(frozen ?? 1, ...accuracy);
  const high = Math.max(...accuracy);
  const x = (lambda: number): number => 4 + lambda * (WIDTH - 8);
  const y = (value: number): number => 5 + ((high - value) / Math.max(1e-9, high - low)) * (HEIGHT - 10);
  const line = accuracy
    .map((value, i) => `${i === 0 ? 'M' : 'L'}${x(lambdas[i]).toFixed(1)} ${y(value).toFixed(1)}`)
    .join(' ');
  const last = accuracy.length - 1;
  return (
    <svg className={css.path} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {frozen !== null && <path className={css.reference} d={`M0 ${y(frozen)} H${WIDTH}`} />}
      <path className={css.chord} d={`M${x(0)} ${y(accuracy[0])} L${x(1)} ${y(accuracy[last])}`} />
      <path className={css.line} d={line} style={{ stroke: colour }} />
      <circle cx={x(lambdas[at])} cy={y(accuracy[at])} r="4.5" className={css.dot} style={{ fill: colour }} />
    </svg>
  );
}
