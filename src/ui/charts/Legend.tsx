import { useMemo, type ReactNode } from 'react';
import type { ArmConfig } from '../../study/config/config.ts';
import { armStyles, type ArmStyle } from '../arm-style.ts';
import { unbroken } from '../unbroken.ts';
import css from './charts.module.css';
import { legendDashArray, type Dash, MARKERS } from './line-styles.ts';
import { CHARTS_WORDS } from './messages.ts';

interface GlyphStyle extends Pick<ArmStyle, 'dash'> {
  readonly token: `--${string}`;
  /** Absent: a line alone. */
  readonly marker?: ArmStyle['marker'];
  readonly hollow?: boolean;
}

/** Line with its marker, as in the charts; the token is an arm's or any other colour. */
export function ArmGlyph({ style }: { style: GlyphStyle }) {
  const colour = `var(${style.token})`;
  return (
    <svg width="26" height="16" viewBox="0 0 26 16" aria-hidden="true">
      <path d="M1 8h24" stroke={colour} strokeWidth="2" strokeDasharray={legendDashArray(style.dash)} />
      {style.marker && (
        <path
          d={MARKERS[style.marker]}
          fill={style.hollow ? 'var(--surface)' : colour}
          stroke={style.hollow ? colour : undefined}
        />
      )}
    </svg>
  );
}

/** Item for a line that belongs to no arm. */
export function ReferenceItem({ text, dash }: { readonly text: string; readonly dash: Dash }) {
  return (
    <span className={css.legendItem}>
      <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true">
        <path d="M1 8h20" stroke="var(--reference)" strokeWidth="1.5" strokeDasharray={legendDashArray(dash)} />
      </svg>
      {text}
    </span>
  );
}

/** Item for rings around points. */
export function RingItem({ text }: { readonly text: string }) {
  return (
    <span className={css.legendItem}>
      <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true">
        <circle cx="11" cy="8" r="6" fill="none" stroke="var(--reference)" strokeWidth="1.5" />
      </svg>
      {text}
    </span>
  );
}

/** Item for the curves of the earlier result, in the upper right corner, where it moves nothing. */
export function EarlierItem() {
  return (
    <span className={`${css.legendItem} ${css.earlier}`}>
      <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true">
        <path d="M1 8h20" stroke="var(--reference)" strokeWidth="1.5" opacity="0.6" />
      </svg>
      {CHARTS_WORDS.earlier}
    </span>
  );
}

interface LegendProps {
  readonly arms: readonly ArmConfig[];
  /** Additional items, with the class legendItem. */
  readonly children?: ReactNode;
}

export function Legend({ arms, children }: LegendProps) {
  const styles = useMemo(() => armStyles(arms), [arms]);
  return (
    <div className={css.legend}>
      {arms.map((arm) => {
        const style = styles.get(arm.id);
        return (
          <span key={arm.id} className={css.legendItem}>
            {style && <ArmGlyph style={style} />}
            {unbroken(arm.name)}
          </span>
        );
      })}
      {children}
    </div>
  );
}
