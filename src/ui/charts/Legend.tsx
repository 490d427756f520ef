import { useMemo } from 'react';
import type { ArmConfig } from '../../study/config.ts';
import { armStyles, type ArmStyle } from '../arm-style.ts';
import css from './charts.module.css';

const DASHES: Record<ArmStyle['dash'], string> = {
  solid: '',
  dash: '5 3',
  dot: '1.5 3',
  dashdot: '6 2.5 1.5 2.5',
  longdash: '8 3',
};

const MARKERS: Record<ArmStyle['marker'], string> = {
  circle: 'M13 4.4a3.6 3.6 0 1 1-.01 0z',
  square: 'M9.8 4.8h6.4v6.4H9.8z',
  diamond: 'M13 3.6 17.4 8 13 12.4 8.6 8z',
  'triangle-up': 'M13 3.8 17.2 11.4H8.8z',
  cross: 'M11.8 4.2h2.4v2.6h2.6v2.4h-2.6v2.6h-2.4V9.2H9.2V6.8h2.6z',
  x: 'm10 5 1.4-1.4L13 5.2l1.6-1.6L16 5l-1.6 3 1.6 3-1.4 1.4-1.6-1.6-1.6 1.6L10 11l1.6-3z',
  star: 'm13 3.2 1.4 3 3.3.4-2.4 2.3.6 3.3-2.9-1.6-2.9 1.6.6-3.3-2.4-2.3 3.3-.4z',
  pentagon: 'm13 3.6 4.2 3.1-1.6 5h-5.2l-1.6-5z',
};

/** Line with marker, as the arm is drawn in the charts. */
export function ArmGlyph({ style }: { style: ArmStyle }) {
  const colour = `var(${style.token})`;
  return (
    <svg width="26" height="16" viewBox="0 0 26 16" aria-hidden="true">
      <path d="M1 8h24" stroke={colour} strokeWidth="2" strokeDasharray={DASHES[style.dash]} />
      <path d={MARKERS[style.marker]} fill={colour} />
    </svg>
  );
}

const REFERENCES = {
  'zero-shot': { text: 'zero-shot', dash: '5 3' },
  chance: { text: 'chance', dash: '1.5 3' },
  'single-mean': { text: 'single runs of the arm: mean', dash: '' },
  'single-best': { text: 'best', dash: '2 2' },
  chord: { text: 'chord (straight line between the two ends)', dash: '2 2' },
} as const;
export type Reference = keyof typeof REFERENCES;

export function Legend({ arms, references = [] }: { arms: readonly ArmConfig[]; references?: readonly Reference[] }) {
  const styles = useMemo(() => armStyles(arms), [arms]);
  return (
    <div className={css.legend}>
      {arms.map((arm) => {
        const style = styles.get(arm.id);
        return (
          <span key={arm.id} className={css.legendItem}>
            {style && <ArmGlyph style={style} />}
            {arm.name}
          </span>
        );
      })}
      {references.map((reference) => (
        <span key={reference} className={css.legendItem}>
          <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true">
            <path
              d="M1 8h20"
              stroke="var(--reference)"
              strokeWidth="1.5"
              strokeDasharray={REFERENCES[reference].dash}
            />
          </svg>
          {REFERENCES[reference].text}
        </span>
      ))}
    </div>
  );
}
