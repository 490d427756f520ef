import { useEffect, useRef, useState } from 'react';
import { meanProbability } from '../../copra/gate-sampler.ts';
import type { Tape } from '../../state/summary/tape.ts';
import type { ArmConfig } from '../../study/config/config.ts';
import type { ArmStyle } from '../arm-style.ts';
import { useChartTheme } from '../charts/theme.ts';
import css from './live.module.css';
import { drawTape } from './tape-draw.ts';

interface TapeCanvasProps {
  readonly arm: ArmConfig;
  readonly style: ArmStyle;
  /** Null while nothing is recorded. */
  readonly tape: Tape | null;
  readonly players: number;
  readonly totalSteps: number;
  /** CSS pixels; the width is that of its place. */
  readonly height: number;
  /** Marked step. */
  readonly cursor: number | null;
}

/** The picture of a tape: a row per layer, a column per step, and the activation probability as a line. It says nothing by itself. */
export function TapeCanvas({ arm, style, tape, players, totalSteps, height, cursor }: TapeCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const theme = useChartTheme();

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (!canvas.current || width === 0) return;
    const probability = (step: number) => meanProbability(arm, step, totalSteps, players);
    drawTape(canvas.current, width, height, {
      tape: tape ?? { players, steps: 0, cells: new Uint8Array(0) },
      totalSteps,
      probability: probability(0) < 1 ? probability : null,
      colour: theme.colour(style.token),
      inactive: theme.colour('--inactive'),
      empty: theme.colour('--sunken'),
      ink: theme.colour('--ink'),
      halo: theme.colour('--surface'),
      cursor,
    });
  }, [tape, players, totalSteps, width, height, theme, style, arm, cursor]);

  return <canvas ref={canvas} className={css.canvas} style={{ height }} />;
}
