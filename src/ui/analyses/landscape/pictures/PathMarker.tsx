/** The marker of λ over the drawn chart. It can be dragged; the slider below the chart does the same for keyboards. */
import type { PointerEvent } from 'react';
import type { BuildFigure } from '../../../charts/figure.ts';
import { scalesOf } from '../../../charts/scales/scales.ts';
import css from './path.module.css';

/** Pixels from the top of the plot to the middle of the handle above it, where it covers no label of the vertical axis. */
const RISE = 12;

interface PathMarkerProps {
  readonly build: BuildFigure;
  readonly width: number;
  readonly height: number;
  readonly lambdas: readonly number[];
  readonly at: number;
  readonly onChange: (at: number) => void;
}

export function PathMarker({ build, width, height, lambdas, at, onChange }: PathMarkerProps) {
  const [{ x, y }] = scalesOf(build(width), width, height);
  const last = lambdas.length - 1;
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const frame = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!frame) return;
    const share = (event.clientX - frame.left - x.start) / x.length;
    onChange(Math.max(0, Math.min(last, Math.round(share * last))));
  };
  return (
    <div className={css.cover} aria-hidden="true">
      <span
        className={css.marker}
        style={{ left: x.place(lambdas[at]), top: y.start - RISE, height: y.length + RISE }}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
      />
    </div>
  );
}
