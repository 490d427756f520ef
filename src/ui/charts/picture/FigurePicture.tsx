/**
 * Draws a figure as plain SVG in a few milliseconds. Charts show it until the first hover, and images and reports use it. Text positions match
 * Plotly, which takes over at the first touch (`../Chart.tsx`).
 */
import { useId } from 'react';
import type { Figure, Panel } from '../figure.ts';
import { DIGIT, PANEL_TITLE_SIZE, REMARK_SIZE, SLANT, TICK_SIZE, Y_AXIS } from '../looks.ts';
import {
  longestLine,
  scalesIn,
  titleReach,
  withRoomForTexts,
  type PanelScales,
  type Scale,
  type Tick,
} from '../scales/scales.ts';
import type { ChartTheme } from '../theme.ts';
import { ColourBarPicture } from './Fields.tsx';
import { Marks } from './Marks.tsx';
import { px } from './drawn-mark.ts';

/** Pixels between an axis and the baseline of its tick labels. */
const X_TICK_BASE = 15.4;
const Y_TICK_DROP = 4.2;
const LINE_HEIGHT = 15.6;
/** From the axis to the baseline of the title below it, and of the remark further down. */
const X_TITLE_BASE = 34.3;
const REMARK_BASE = 57;
/** From the corner of a panel to the baseline of a text in or above it. */
const NOTE_RISE = 5;
const NOTE_INDENT = 1.5;

/** How far a slanted name of so many characters reaches down. */
const slantedDepth = (characters: number): number =>
  characters * DIGIT * TICK_SIZE * Math.abs(Math.sin((SLANT * Math.PI) / 180));

/** The axis line and the grid lines at its ticks. */
function Grid({ scale, across, panel, stroke }: { scale: Scale; across: Scale; panel: Panel; stroke: string }) {
  const { start, length } = across;
  const isX = scale.letter === 'x';
  const along = (at: number): string =>
    isX ? `M${px(scale.start)},${px(at)}h${px(scale.length)}` : `M${px(at)},${px(scale.start)}v${px(scale.length)}`;
  const edges = isX ? [start + length, start] : [start, start + length];
  const ticks = scale.ticks.map(({ at }) =>
    isX ? `M${px(at)},${px(start)}v${px(length)}` : `M${px(start)},${px(at)}h${px(length)}`,
  );
  const lines = [...(scale.axis.lines === false ? [] : ticks), ...edges.slice(0, panel.framed ? 2 : 1).map(along)];
  return <path d={lines.join('')} stroke={stroke} />;
}

/** Labels below an axis are centred on their ticks. */
function XTick({ tick: { at, lines }, y, slanted }: { tick: Tick; y: number; slanted: boolean }) {
  if (slanted) {
    const [x, top] = [px(at + 4), px(y - 4)];
    return (
      <text x={x} y={top} textAnchor="end" transform={`rotate(${SLANT},${x},${top})`}>
        {lines.join(' ')}
      </text>
    );
  }
  return (
    <text textAnchor="middle">
      {lines.map((line, i) => (
        <tspan key={i} x={px(at)} y={px(y + i * LINE_HEIGHT)}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

function YTick({ tick: { at, lines }, x }: { tick: Tick; x: number }) {
  const top = at + Y_TICK_DROP - ((lines.length - 1) * LINE_HEIGHT) / 2;
  return (
    <text textAnchor="end">
      {lines.map((line, i) => (
        <tspan key={i} x={px(x)} y={px(top + i * LINE_HEIGHT)}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

interface TextsProps {
  readonly scale: Scale;
  readonly across: Scale;
  readonly theme: ChartTheme;
}

function AxisTexts({ scale, across, theme }: TextsProps) {
  const { axis, letter, start, length } = scale;
  const isX = letter === 'x';
  const edge = isX ? across.start + across.length : across.start;
  const ticks = axis.labels === false ? [] : scale.ticks;
  const longest = longestLine(ticks);
  const titleAt = px(edge - titleReach(longest));
  const middle = px(start + length / 2);
  const isNames = axis.kind === 'names';
  const slanted = axis.slanted ?? false;
  const titleBase = slanted ? X_TICK_BASE + slantedDepth(longest) + LINE_HEIGHT : X_TITLE_BASE;
  const ink = theme.colour('--ink-3');
  return (
    <g fontSize={TICK_SIZE}>
      <g fill={isNames && axis.strong ? theme.colour('--ink-2') : ink}>
        {ticks.map((tick, i) =>
          isX ? (
            <XTick key={i} tick={tick} y={edge + X_TICK_BASE} slanted={slanted} />
          ) : (
            <YTick key={i} tick={tick} x={edge - Y_AXIS.labels} />
          ),
        )}
      </g>
      {axis.title && (
        <text
          fill={ink}
          textAnchor="middle"
          {...(isX
            ? { x: middle, y: px(edge + titleBase) }
            : { x: titleAt, y: middle, transform: `rotate(-90,${titleAt},${middle})` })}
        >
          {axis.title}
        </text>
      )}
    </g>
  );
}

function PanelTexts({ panel, x, y, theme }: PanelScales & { theme: ChartTheme }) {
  return (
    <>
      {panel.title && (
        <text
          x={px(x.start + NOTE_INDENT)}
          y={px(y.start - NOTE_RISE)}
          fontSize={PANEL_TITLE_SIZE}
          fill={theme.colour('--ink-2')}
        >
          {panel.title}
        </text>
      )}
      {panel.remark && (
        <text
          x={px(x.start + x.length - NOTE_INDENT)}
          y={px(y.start + y.length - NOTE_RISE)}
          textAnchor="end"
          fontSize={REMARK_SIZE}
          fill={theme.colour('--ink-3')}
        >
          {panel.remark}
        </text>
      )}
    </>
  );
}

interface PictureProps {
  readonly figure: Figure;
  readonly theme: ChartTheme;
  readonly width: number;
  readonly height: number;
}

/** Texts below all panels. */
function FigureTexts({ figure: { xTitle, remark, margin }, theme, width, height }: PictureProps) {
  const bottom = height - margin.bottom;
  const right = width - margin.right;
  return (
    <g fill={theme.colour('--ink-3')}>
      {xTitle && (
        <text x={px((margin.left + right) / 2)} y={px(bottom + X_TITLE_BASE)} textAnchor="middle" fontSize={TICK_SIZE}>
          {xTitle}
        </text>
      )}
      {remark && (
        <text x={px(right - NOTE_INDENT)} y={px(bottom + REMARK_BASE)} textAnchor="end" fontSize={REMARK_SIZE}>
          {remark}
        </text>
      )}
    </g>
  );
}

interface FigurePictureProps extends PictureProps {
  /** Whether a style may give it another size, which its drawing then follows. */
  readonly isScaled?: boolean;
}

export function FigurePicture({ figure: given, theme, width, height, isScaled = false }: FigurePictureProps) {
  const figure = withRoomForTexts(given, width, height);
  const id = useId();
  const panels = scalesIn(figure, width, height);
  const line = theme.colour('--line');
  return (
    <svg
      width={width}
      height={height}
      viewBox={isScaled ? `0 0 ${width} ${height}` : undefined}
      aria-hidden="true"
      fontFamily={theme.font}
      data-picture
    >
      {panels.map(({ panel, x, y }, i) => (
        <g key={i}>
          <clipPath id={`${id}${i}`}>
            <path d={`M${px(x.start)},${px(y.start)}h${px(x.length)}v${px(y.length)}h${px(-x.length)}z`} />
          </clipPath>
          <g shapeRendering="crispEdges" fill="none">
            <Grid scale={x} across={y} panel={panel} stroke={line} />
            <Grid scale={y} across={x} panel={panel} stroke={line} />
          </g>
          <g clipPath={`url(#${id}${i})`}>
            <Marks panel={panel} x={x} y={y} theme={theme} />
          </g>
          <AxisTexts scale={x} across={y} theme={theme} />
          <AxisTexts scale={y} across={x} theme={theme} />
          <PanelTexts panel={panel} x={x} y={y} theme={theme} />
        </g>
      ))}
      {figure.colourBar && (
        <ColourBarPicture bar={figure.colourBar} margin={figure.margin} {...{ theme, width, height }} />
      )}
      <FigureTexts {...{ figure, theme, width, height }} />
    </svg>
  );
}
