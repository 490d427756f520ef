/** Values as colours: cells, contours, and the colour bar. */
import { useId } from 'react';
import { colourAt, inkOn, plainScale, rgb } from '../colours.ts';
import type { CellsMark, ColourBar, ContourMark, Figure } from '../figure.ts';
import { COLOUR_BAR, CONTOUR_LINE, DIGIT, TICK_SIZE } from '../looks.ts';
import { colourTicks, shareOf } from '../scales/scales.ts';
import type { ChartTheme } from '../theme.ts';
import { regionAbove } from './contours.ts';
import { type DrawnMark, px } from './drawn-mark.ts';

export function Cells({ mark, x, y, theme }: DrawnMark<CellsMark>) {
  const { values, range, scale, gap, text, textSize = TICK_SIZE } = mark;
  const stops = plainScale(theme, scale);
  const width = x.length / Math.max(1, values[0]?.length ?? 0) - gap;
  const height = y.length / Math.max(1, values.length) - gap;
  return values.flatMap((row, r) =>
    row.map((value, c) => {
      if (value === null) return null;
      const colour = colourAt(stops, shareOf(value, range));
      const [middle, centre] = [x.place(c), y.place(r)];
      return (
        <g key={`${r} ${c}`}>
          <path
            fill={rgb(colour)}
            d={`M${px(middle - width / 2)},${px(centre - height / 2)}h${px(width)}v${px(height)}h${px(-width)}z`}
          />
          {text && (
            <text
              x={px(middle)}
              y={px(centre + 0.35 * textSize)}
              textAnchor="middle"
              fontSize={textSize}
              fill={inkOn(colour)}
            >
              {text(value, r, c)}
            </text>
          )}
        </g>
      );
    }),
  );
}

/** Shades between two contour lines, so that colours look continuous. */
const SHADES = 4;

export function Contour({ mark, x, y, theme }: DrawnMark<ContourMark>) {
  const stops = plainScale(theme, mark.scale);
  const [low, high] = mark.range;
  const count = mark.steps * SHADES;
  return Array.from({ length: count }, (_, i) => {
    // The first shade covers everything known, including values below the range.
    const outlines = regionAbove(mark, i === 0 ? -Infinity : low + (i / count) * (high - low));
    return (
      <path
        key={i}
        d={outlines
          .map((outline) => `M${outline.map(([px0, py]) => `${px(x.place(px0))},${px(y.place(py))}`).join('L')}Z`)
          .join('')}
        fill={rgb(colourAt(stops, (i + 0.5) / count))}
        fillRule="evenodd"
        stroke={i > 0 && i % SHADES === 0 ? CONTOUR_LINE.colour : 'none'}
        strokeOpacity={CONTOUR_LINE.opacity}
        strokeWidth={CONTOUR_LINE.width}
      />
    );
  });
}

interface ColourBarProps {
  readonly bar: ColourBar;
  readonly margin: Figure['margin'];
  readonly width: number;
  readonly height: number;
  readonly theme: ChartTheme;
}

/** Beside the panels, vertically centred. */
export function ColourBarPicture({ bar, margin, width, height, theme }: ColourBarProps) {
  const id = useId();
  const stops = plainScale(theme, bar.scale);
  const inner = height - margin.top - margin.bottom;
  const length = bar.share * inner;
  const left = width - margin.right + COLOUR_BAR.gap;
  const top = margin.top + (inner - length) / 2;
  const ticks = colourTicks(bar, length).map(({ value, text }) => ({
    at: top + length * (1 - shareOf(value, bar.range)),
    text,
  }));
  const longest = Math.max(0, ...ticks.map(({ text }) => text.length));
  const titleAt = px(left + COLOUR_BAR.width + 8 + longest * DIGIT * TICK_SIZE + TICK_SIZE);
  const middle = px(top + length / 2);
  return (
    <>
      <linearGradient id={id} x1={0} x2={0} y1={1} y2={0}>
        {stops.map(([at, colour]) => (
          <stop key={at} offset={Math.round(1000 * at) / 1000} stopColor={colour} />
        ))}
      </linearGradient>
      <path
        fill={`url(#${id})`}
        d={`M${px(left)},${px(top)}h${COLOUR_BAR.width}v${px(length)}h${-COLOUR_BAR.width}z`}
      />
      <g fontSize={TICK_SIZE} fill={theme.colour('--ink-3')}>
        {ticks.map(({ at, text }) => (
          <text key={text} x={px(left + COLOUR_BAR.width + 4)} y={px(at + 4.2)}>
            {text}
          </text>
        ))}
        {bar.title && (
          <text x={titleAt} y={middle} textAnchor="middle" transform={`rotate(-90,${titleAt},${middle})`}>
            {bar.title}
          </text>
        )}
      </g>
    </>
  );
}
