/** Activation probability p of every arm over training, with a marker at the shown step. */
import { legendDashArray } from '../../charts/line-styles.ts';
import { meanProbability } from '../../../copra/gate-sampler.ts';
import type { ArmConfig } from '../../../study/config/config.ts';
import type { ArmStyle } from '../../arm-style.ts';
import { integer } from '../../format.ts';
import { STRATEGY_WORDS } from './messages.ts';
import css from './strategy.module.css';

const WIDTH = 400;
const HEIGHT = 60;
const POINTS = 80;

interface ScheduleCurveProps {
  readonly arms: readonly ArmConfig[];
  readonly styles: ReadonlyMap<string, ArmStyle>;
  /** Number of layers; p is averaged over them where it differs. */
  readonly players: number;
  readonly total: number;
  readonly step: number;
}

export function ScheduleCurve({ arms, styles, players, total, step }: ScheduleCurveProps) {
  const x = (at: number): number => (at / Math.max(1, total - 1)) * WIDTH;
  const y = (p: number): number => 3 + (1 - p) * (HEIGHT - 6);
  const line = (arm: ArmConfig): string =>
    Array.from({ length: POINTS + 1 }, (_, i) => {
      const at = Math.round((i / POINTS) * (total - 1));
      return `${i === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(meanProbability(arm, at, total, players)).toFixed(1)}`;
    }).join(' ');
  return (
    <div className={css.schedule} aria-hidden="true">
      <span className={css.axis}>
        <span>p = 1</span>
        <span>0</span>
      </span>
      <svg className={css.curve} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
        {arms.map((arm) => (
          <path
            key={arm.id}
            className={css.line}
            d={line(arm)}
            style={{ stroke: `var(${styles.get(arm.id)?.token ?? '--ink'})` }}
            strokeDasharray={legendDashArray(styles.get(arm.id)?.dash ?? 'solid')}
          />
        ))}
        <path className={css.cursor} d={`M${x(step).toFixed(1)} 0 V${HEIGHT}`} />
      </svg>
      <span className={css.ends}>
        <span>{STRATEGY_WORDS.dropping.firstStep}</span>
        <span>{integer(total)}</span>
      </span>
    </div>
  );
}
