/** Traces as SVG: lines with bands, markers and error bars, bars, and cells. */
import { MARKER_CENTRE, MARKER_WIDTH, MARKERS } from '../markers.ts';
import { barsOf } from './bars.ts';
import { colourAt } from './colour-scale.ts';
import { dashArray } from './dashes.ts';
import type { BarPart, FigureParts, HeatmapPart, ScatterPart, TracePart } from './parts.ts';
import type { Scale, Scales } from './scales.ts';

interface Axes {
  readonly x: Scale;
  readonly y: Scale;
}

const px = (value: number): string => String(Math.round(value * 100) / 100);

type Point = readonly [number, number];

/** Null where a value is missing. */
function pointsOf(trace: ScatterPart, { x, y }: Axes): (Point | null)[] {
  return trace.x.map((value, i) => {
    const other = trace.y[i];
    return value !== null && other !== null && Number.isFinite(value) && Number.isFinite(other)
      ? [x.place(value), y.place(other)]
      : null;
  });
}

/** A line that breaks where values are missing. */
function pathOf(points: readonly (Point | null)[]): string {
  return points
    .map((point, i) => (point ? `${i > 0 && points[i - 1] ? 'L' : 'M'}${px(point[0])},${px(point[1])}` : ''))
    .join('');
}

interface ErrorBar {
  readonly at: Point;
  readonly reach: number;
}

/** Upright, or lying for bars that lie. */
function ErrorBars({
  bars,
  lying,
  part,
}: {
  bars: readonly ErrorBar[];
  lying: boolean;
  part: NonNullable<BarPart['error_y']>;
}) {
  const cap = part.width;
  const path = bars.map(({ at: [x, y], reach }) =>
    lying
      ? `M${px(x - reach)},${px(y - cap)}v${2 * cap}m0,${-cap}H${px(x + reach)}m0,${-cap}v${2 * cap}`
      : `M${px(x - cap)},${px(y - reach)}h${2 * cap}m${-cap},0V${px(y + reach)}m${-cap},0h${2 * cap}`,
  );
  return <path d={path.join('')} fill="none" stroke={part.color} strokeWidth={part.thickness} />;
}

function Scatter({ trace, axes }: { trace: ScatterPart; axes: Axes }) {
  const points = pointsOf(trace, axes);
  const { line, marker, error_y: error } = trace;
  const scale = marker ? marker.size / MARKER_WIDTH : 1;
  const shown = points.flatMap((at, i) => (at ? [{ at, i }] : []));
  return (
    <>
      {error && (
        <ErrorBars
          part={error}
          lying={false}
          bars={shown.map(({ at, i }) => ({
            at,
            reach: Math.abs(axes.y.place(error.array[i] ?? 0) - axes.y.place(0)),
          }))}
        />
      )}
      {trace.mode !== 'markers' && (
        <path
          d={pathOf(points) + (trace.fill ? 'Z' : '')}
          fill={trace.fill ? trace.fillcolor : 'none'}
          stroke={line && line.width > 0 ? line.color : 'none'}
          strokeWidth={line?.width}
          strokeDasharray={line && dashArray(line.dash, line.width)}
          strokeLinejoin="round"
        />
      )}
      {marker &&
        trace.mode !== 'lines' &&
        shown.map(({ at: [x, y], i }) => (
          <path
            key={i}
            d={MARKERS[marker.symbol]}
            fill={marker.color}
            transform={`translate(${px(x)},${px(y)}) scale(${px(scale)}) translate(${-MARKER_CENTRE[0]},${-MARKER_CENTRE[1]})`}
          />
        ))}
    </>
  );
}

/** Between the edge of a bar and the text in it, and from the middle of a line of type to its base, in parts of its size. */
const TEXT_PAD = 3;
const HALF_TYPE = 0.35;

function Bars({
  parts,
  bars,
  position,
  axes,
}: {
  parts: FigureParts;
  bars: readonly BarPart[];
  position: number;
  axes: Axes;
}) {
  const trace = bars[position];
  const lying = trace.orientation === 'h';
  const [names, values] = lying ? [axes.y, axes.x] : [axes.x, axes.y];
  const drawn = barsOf(parts, bars, position, names, values);
  const error = lying ? trace.error_x : trace.error_y;
  const { textfont } = trace;
  return (
    <>
      {drawn.map(({ box, index }) => (
        <path
          key={index}
          fill={trace.marker.color}
          d={`M${px(box.x)},${px(box.y)}h${px(box.width)}v${px(box.height)}h${px(-box.width)}z`}
        />
      ))}
      {error && (
        <ErrorBars
          part={error}
          lying={lying}
          bars={drawn.map(({ middle, value, index }) => ({
            at: lying ? [values.place(value), middle] : [middle, values.place(value)],
            reach: Math.abs(values.place(error.array[index] ?? 0) - values.place(0)),
          }))}
        />
      )}
      {textfont &&
        lying &&
        drawn.map(({ box, index }) => (
          <text
            key={index}
            x={px(box.x + TEXT_PAD)}
            y={px(box.y + box.height / 2 + HALF_TYPE * textfont.size)}
            fontSize={textfont.size}
            fill={textfont.color}
          >
            {trace.text?.[index]}
          </text>
        ))}
    </>
  );
}

function Cells({ trace, axes: { x, y } }: { trace: HeatmapPart; axes: Axes }) {
  const width = x.length / trace.x.length - trace.xgap;
  const height = y.length / trace.y.length - trace.ygap;
  return trace.z.flatMap((row, r) =>
    row.map((value, c) =>
      value === null ? null : (
        <path
          key={`${r} ${c}`}
          fill={colourAt(trace.colorscale, (value - trace.zmin) / (trace.zmax - trace.zmin))}
          d={`M${px(x.place(trace.x[c]) - width / 2)},${px(y.place(trace.y[r]) - height / 2)}h${px(width)}v${px(height)}h${px(-width)}z`}
        />
      ),
    ),
  );
}

/** The traces of one panel, first to last. */
export function Marks({ parts, traces, scales }: { parts: FigureParts; traces: readonly TracePart[]; scales: Scales }) {
  const bars = traces.filter((trace) => trace.type === 'bar');
  return traces.map((trace, i) => {
    const x = scales.get(trace.xaxis);
    const y = scales.get(trace.yaxis);
    if (!x || !y) return null;
    if (trace.type === 'scatter') return <Scatter key={i} trace={trace} axes={{ x, y }} />;
    if (trace.type === 'heatmap') return <Cells key={i} trace={trace} axes={{ x, y }} />;
    return <Bars key={i} parts={parts} bars={bars} position={bars.indexOf(trace)} axes={{ x, y }} />;
  });
}
