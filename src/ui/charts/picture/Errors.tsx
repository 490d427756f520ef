/** Error bars with caps. */
import { ERROR_LINE } from '../looks.ts';
import { px } from './drawn-mark.ts';

interface ErrorBar {
  readonly at: readonly [number, number];
  /** Pixels along the axis of values. */
  readonly from: number;
  readonly to: number;
}

/** Vertical, or horizontal for horizontal bars; omitted where the error is zero. */
export function Errors({ bars, lying, colour }: { bars: readonly ErrorBar[]; lying: boolean; colour: string }) {
  const { cap } = ERROR_LINE;
  const path = bars
    .filter(({ from, to }) => from !== to)
    .map(({ at: [x, y], from, to }) =>
      lying
        ? `M${px(from)},${px(y - cap)}v${2 * cap}m0,${-cap}H${px(to)}m0,${-cap}v${2 * cap}`
        : `M${px(x - cap)},${px(from)}h${2 * cap}m${-cap},0V${px(to)}m${-cap},0h${2 * cap}`,
    );
  return <path d={path.join('')} fill="none" stroke={colour} strokeWidth={ERROR_LINE.width} />;
}
