import type { MeanPath } from '../../state/summary/findings.ts';
import type { ArmStyle } from '../arm-style.ts';
import { legendDashArray } from '../charts/line-styles.ts';
import css from './story.module.css';

const [WIDTH, HEIGHT, EDGE] = [96, 44, 4];

/** Accuracy on the way between two adapters, a curve per arm on one scale. Numbers stand beside it. */
export function DipPicture({ paths }: { paths: readonly { readonly path: MeanPath; readonly style: ArmStyle }[] }) {
  const all = paths.flatMap(({ path }) => path.accuracy);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const x = (lambda: number): number => EDGE + lambda * (WIDTH - 2 * EDGE);
  const y = (accuracy: number): number => EDGE + ((high - accuracy) / Math.max(1e-9, high - low)) * (HEIGHT - 2 * EDGE);
  return (
    <svg className={css.curves} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {paths.map(({ path, style }) => (
        <polyline
          key={style.token}
          points={path.lambdas.map((lambda, i) => `${x(lambda)},${y(path.accuracy[i])}`).join(' ')}
          fill="none"
          stroke={`var(${style.token})`}
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
          strokeLinejoin="round"
          strokeDasharray={legendDashArray(style.dash)}
        />
      ))}
    </svg>
  );
}
