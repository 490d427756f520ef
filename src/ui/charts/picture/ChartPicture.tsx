/**
 * A figure drawn as plain SVG in a few milliseconds: what charts show until somebody points at them. Positions of type are those of Plotly,
 * which takes a chart over at the first touch (`../Chart.tsx`).
 */
import { useId } from 'react';
import { dashArray } from './dashes.ts';
import { Marks } from './Marks.tsx';
import type { AnnotationPart, FigureParts, ShapePart } from './parts.ts';
import type { Scale, Scales } from './scales.ts';

/** Pixels between an axis and the base or end of its tick texts, at 12 px type. */
const X_TICK_BASE = 15.4;
const Y_TICK_END = 3.4;
const Y_TICK_DROP = 4.2;
/** From the axis to the base of the title below it; from the tick texts to the base of the title beside them. */
const X_TITLE_BASE = 34.3;
const Y_TITLE_BASE = 11.7;
/** From the anchor of an annotation to the base of its text. */
const NOTE_RISE = 5;
const NOTE_INDENT = 1.5;
/** Width of a digit of the page's type at size 1. */
const DIGIT = 0.556;

/** A reference names an axis in values ("x2"), its extent from 0 to 1 ("x2 domain"), or the whole plot ("paper"). */
function placer(reference: string, letter: 'x' | 'y', scales: Scales): (value: number) => number {
  const own = [...scales.values()].filter((scale) => scale.letter === letter);
  const scale = scales.get(reference.replace(' domain', ''));
  if (scale && !reference.endsWith(' domain')) return (value) => scale.place(value);
  const start = scale?.start ?? Math.min(...own.map((each) => each.start));
  const end = scale ? scale.start + scale.length : Math.max(...own.map((each) => each.start + each.length));
  return (share) => (letter === 'x' ? start + share * (end - start) : end - share * (end - start));
}

function Shape({ shape, scales }: { shape: ShapePart; scales: Scales }) {
  const x = placer(shape.xref, 'x', scales);
  const y = placer(shape.yref, 'y', scales);
  return (
    <path
      d={`M${x(shape.x0)},${y(shape.y0)}L${x(shape.x1)},${y(shape.y1)}`}
      stroke={shape.line.color}
      strokeWidth={shape.line.width}
      strokeDasharray={dashArray(shape.line.dash, shape.line.width)}
    />
  );
}

const ANCHORS = { left: 'start', center: 'middle', right: 'end' } as const;
const INDENTS = { left: NOTE_INDENT, center: 0, right: -NOTE_INDENT } as const;

function Note({ note, scales }: { note: AnnotationPart; scales: Scales }) {
  return (
    <text
      x={placer(note.xref, 'x', scales)(note.x) + INDENTS[note.xanchor]}
      y={placer(note.yref, 'y', scales)(note.y) - note.yshift - NOTE_RISE}
      textAnchor={ANCHORS[note.xanchor]}
      fontSize={note.font.size}
      fill={note.font.color}
    >
      {note.text}
    </text>
  );
}

/** The line of the axis itself, and its grid. */
function Grid({ scale, across }: { scale: Scale; across: Scale }) {
  const { start, length } = across;
  const edge =
    scale.letter === 'x'
      ? `M${scale.start},${start + length}h${scale.length}`
      : `M${start},${scale.start}v${scale.length}`;
  const lines = scale.ticks.map(({ at }) =>
    scale.letter === 'x' ? `M${at},${start}v${length}` : `M${start},${at}h${length}`,
  );
  return (
    <>
      {scale.axis.showgrid && <path d={lines.join('')} stroke={scale.axis.gridcolor} />}
      <path d={edge} stroke={scale.axis.linecolor} />
    </>
  );
}

/** Texts below an axis are centred on their ticks, but for one that would leave the figure. */
function XTicks({ scale, y, width }: { scale: Scale; y: number; width: number }) {
  return scale.ticks.map(({ at, text }) => {
    const leaves = at + (text.length * DIGIT * scale.axis.tickfont.size) / 2 > width;
    return (
      <text key={text} x={leaves ? width : at} y={y} textAnchor={leaves ? 'end' : 'middle'}>
        {text}
      </text>
    );
  });
}

function YTicks({ scale, x }: { scale: Scale; x: number }) {
  return scale.ticks.map(({ at, text }) => (
    <text key={text} x={x} y={at + Y_TICK_DROP} textAnchor="end">
      {text}
    </text>
  ));
}

function AxisTexts({ scale, across, width }: { scale: Scale; across: Scale; width: number }) {
  const { axis, ticks, letter, start, length } = scale;
  const { tickfont, title } = axis;
  const isX = letter === 'x';
  const edge = isX ? across.start + across.length : across.start;
  const middle = start + length / 2;
  const longest = axis.showticklabels ? Math.max(0, ...ticks.map(({ text }) => text.length)) : 0;
  const titleAt = edge - Y_TICK_END - longest * DIGIT * tickfont.size - Y_TITLE_BASE;
  return (
    <>
      <g fill={tickfont.color} fontSize={tickfont.size}>
        {axis.showticklabels && isX && <XTicks scale={scale} y={edge + X_TICK_BASE} width={width} />}
        {axis.showticklabels && !isX && <YTicks scale={scale} x={edge - Y_TICK_END} />}
      </g>
      {title.text && (
        <text
          fill={title.font.color}
          fontSize={title.font.size}
          textAnchor="middle"
          {...(isX
            ? { x: middle, y: edge + X_TITLE_BASE }
            : { x: titleAt, y: middle, transform: `rotate(-90,${titleAt},${middle})` })}
        >
          {title.text}
        </text>
      )}
    </>
  );
}

interface Panel {
  readonly x: Scale;
  readonly y: Scale;
  readonly traces: FigureParts['traces'];
}

/** Pairs of axes; an axis that names no partner lies at the first of the other kind. */
function panelsOf(parts: FigureParts, scales: Scales): Panel[] {
  return [...scales].flatMap(([name, x]) => {
    const y = x.letter === 'x' ? scales.get(x.axis.anchor ?? 'y') : undefined;
    return y ? [{ x, y, traces: parts.traces.filter((trace) => trace.xaxis === name) }] : [];
  });
}

interface ChartPictureProps {
  readonly parts: FigureParts;
  readonly scales: Scales;
  readonly width: number;
  readonly height: number;
}

export function ChartPicture({ parts, scales, width, height }: ChartPictureProps) {
  const id = useId();
  const panels = panelsOf(parts, scales);
  const shapes = (layer: ShapePart['layer']) =>
    parts.shapes.map((shape, i) => (shape.layer === layer ? <Shape key={i} shape={shape} scales={scales} /> : null));
  return (
    <svg width={width} height={height} aria-hidden="true" fontFamily={parts.font.family} data-picture>
      {panels.map(({ x, y }, i) => (
        <clipPath key={i} id={`${id}${i}`}>
          <path d={`M${x.start},${y.start}h${x.length}v${y.length}h${-x.length}z`} />
        </clipPath>
      ))}
      {panels.map(({ x, y }, i) => (
        <g key={i} shapeRendering="crispEdges">
          <Grid scale={x} across={y} />
          <Grid scale={y} across={x} />
        </g>
      ))}
      {shapes('below')}
      {panels.map(({ traces }, i) => (
        <g key={i} clipPath={`url(#${id}${i})`}>
          <Marks parts={parts} traces={traces} scales={scales} />
        </g>
      ))}
      {shapes('above')}
      {panels.map(({ x, y }, i) => (
        <g key={i}>
          <AxisTexts scale={x} across={y} width={width} />
          <AxisTexts scale={y} across={x} width={width} />
        </g>
      ))}
      {parts.annotations.map((note, i) => (
        <Note key={i} note={note} scales={scales} />
      ))}
    </svg>
  );
}
