import type { ArmConfig } from '../../../study/config/config.ts';
import charts from '../../charts/charts.module.css';
import { Legend } from '../../charts/Legend.tsx';
import { MULTITASK_WORDS } from './messages.ts';

const BARS = [
  { id: 'own', fill: 'var(--ink-2)', lines: false },
  { id: 'merged', fill: 'none', lines: true },
  { id: 'none', fill: 'var(--inactive)', lines: false },
] as const;

/** Legend: colours of arms, and the meaning of solid, hatched and grey bars. */
export function MultitaskLegend({ arms }: { arms: readonly ArmConfig[] }) {
  return (
    <Legend arms={arms}>
      {BARS.map(({ id, fill, lines }) => (
        <span key={id} className={charts.legendItem}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <rect x="1" y="1" width="12" height="12" fill={fill} stroke={lines ? 'var(--ink-2)' : 'none'} />
            {lines && <path d="M1 7L7 1M1 13L13 1M7 13l6-6" stroke="var(--ink-2)" />}
          </svg>
          {MULTITASK_WORDS.bars[id]}
        </span>
      ))}
    </Legend>
  );
}
