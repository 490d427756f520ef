/** Lines with their bands and error bars, and points. */
import { plainColour } from '../colours.ts';
import { dashArray, MARKER_CENTRE, MARKER_WIDTH, MARKERS, type Marker } from '../line-styles.ts';
import type { LineMark, Point, PointsMark } from '../figure.ts';
import { BAND_OPACITY, HOLLOW_WIDTH } from '../looks.ts';
import { Errors } from './Errors.tsx';
import { type DrawnMark, px } from './drawn-mark.ts';

type Place = readonly [number, number];

/** A line with gaps where values are missing. */
const pathOf = (places: readonly Place[]): string =>
  places
    .map(([x, y], i) =>
      Number.isFinite(y) ? `${i > 0 && Number.isFinite(places[i - 1][1]) ? 'L' : 'M'}${px(x)},${px(y)}` : '',
    )
    .join('');

interface MarkerProps {
  readonly at: Place;
  readonly shape: Marker;
  /** Diameter in pixels. */
  readonly size: number;
  readonly fill: string;
  readonly stroke?: string;
  readonly strokeWidth?: number;
}

function MarkerShape({ at: [x, y], shape, size, fill, stroke, strokeWidth = 0 }: MarkerProps) {
  const scale = size / MARKER_WIDTH;
  return (
    <path
      d={MARKERS[shape]}
      fill={fill}
      stroke={stroke}
      strokeWidth={stroke && Math.round((100 * strokeWidth) / scale) / 100}
      transform={`translate(${px(x)},${px(y)}) scale(${Math.round(100 * scale) / 100}) translate(${-MARKER_CENTRE[0]},${-MARKER_CENTRE[1]})`}
    />
  );
}

export function Line({ mark, x, y, theme }: DrawnMark<LineMark>) {
  const { band, errors, marker, opacity } = mark;
  const colour = plainColour(theme, mark.colour);
  const around = (direction: 1 | -1): Place[] =>
    mark.x.map((value, i) => [x.place(value), y.place(mark.y[i] + direction * (band?.[i] ?? 0))]);
  const places = mark.x.map((value, i): Place => [x.place(value), y.place(mark.y[i])]);
  const hollow = marker?.hollow && { stroke: colour, strokeWidth: HOLLOW_WIDTH };
  return (
    <>
      {band && (
        <path d={`${pathOf([...around(1), ...around(-1).toReversed()])}Z`} fill={colour} fillOpacity={BAND_OPACITY} />
      )}
      {errors && (
        <Errors
          lying={false}
          colour={colour}
          bars={places.map((at, i) => ({
            at,
            from: y.place(mark.y[i] + errors[i]),
            to: y.place(mark.y[i] - errors[i]),
          }))}
        />
      )}
      <path
        d={pathOf(places)}
        fill="none"
        stroke={colour}
        strokeOpacity={opacity}
        strokeWidth={mark.width}
        strokeDasharray={dashArray(mark.dash, mark.width)}
        strokeLinejoin="round"
      />
      {marker &&
        places.map((at, i) =>
          Number.isFinite(at[1]) ? (
            <MarkerShape key={i} at={at} {...marker} fill={hollow ? theme.colour('--surface') : colour} {...hollow} />
          ) : null,
        )}
    </>
  );
}

export function Points({ mark: { points, edge }, x, y, theme }: DrawnMark<PointsMark>) {
  const look = ({ colour, hollow }: Point): Pick<MarkerProps, 'fill' | 'stroke' | 'strokeWidth'> => {
    const own = plainColour(theme, colour);
    if (hollow) return { fill: 'none', stroke: own, strokeWidth: HOLLOW_WIDTH };
    return { fill: own, ...(edge && { stroke: plainColour(theme, edge.colour), strokeWidth: edge.width }) };
  };
  return points.map((point, i) => (
    <MarkerShape
      key={i}
      at={[x.place(point.x), y.place(point.y)]}
      shape={point.shape}
      size={point.size}
      {...look(point)}
    />
  ));
}
