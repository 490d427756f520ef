import { useMemo, type ReactNode } from 'react';
import type { ArmConfig } from '../../study/config/config.ts';
import { armStyles, type ArmStyle } from '../arm-style.ts';
import css from './charts.module.css';
import { MARKERS } from './markers.ts';

const DASHES: Record<ArmStyle['dash'], string> = {
  solid: '',
  dash: '5 3',
  dot: '1.5 3',
  dashdot: '6 2.5 1.5 2.5',
  longdash: '8 3',
};

interface GlyphStyle extends Pick<ArmStyle, 'dash' | 'marker'> {
  readonly token: `--${string}`;
  readonly hollow?: boolean;
}

/** Line with marker, as in the charts; the token is an arm's or any other colour. */
export function ArmGlyph({ style }: { style: GlyphStyle }) {
  const colour = `var(${style.token})`;
  return (
    <svg width="26" height="16" viewBox="0 0 26 16" aria-hidden="true">
      <path d="M1 8h24" stroke={colour} strokeWidth="2" strokeDasharray={DASHES[style.dash]} />
      <path
        d={MARKERS[style.marker]}
        fill={style.hollow ? 'var(--surface)' : colour}
        stroke={style.hollow ? colour : undefined}
      />
    </svg>
  );
}

const REFERENCES = {
  'zero-shot': { text: 'zero-shot', dash: '5 3' },
  'head only': { text: 'head only', dash: '5 3' },
  chance: { text: 'chance', dash: '1.5 3' },
  'single-mean': { text: 'single runs of the arm: mean', dash: '' },
  'single-best': { text: 'best', dash: '2 2' },
  chord: { text: 'chord (straight line)', dash: '2 2' },
} as const;
export type Reference = keyof typeof REFERENCES;

interface LegendProps {
  readonly arms: readonly ArmConfig[];
  readonly references?: readonly Reference[];
  /** Additional items, with the class legendItem. */
  readonly children?: ReactNode;
}

export function Legend({ arms, references = [], children }: LegendProps) {
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
      {children}
    </div>
  );
}
