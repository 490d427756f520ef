/** A picture with the title, legend, sample sizes and background that the page otherwise provides. */
import { plainColour } from '../colours.ts';
import { dashArray, MARKERS, type Marker } from '../line-styles.ts';
import type { Figure } from '../figure.ts';
import type { ChartTheme } from '../theme.ts';
import { FigurePicture } from './FigurePicture.tsx';
import { inLines, legendOf, placeLegend, type LegendEntry } from './legend.ts';

/** Pixels. */
const PAD = 18;
const TITLE_BASE = 28;
const TITLE_ROOM = 42;
const LEGEND_LINE = 20;
const LEGEND_SIZE = 12;
const FOOT_LINE = 17;

interface MarkerGlyphProps {
  readonly shape: Marker;
  readonly hollow?: boolean;
  readonly colour: string;
  readonly theme: ChartTheme;
}

const MarkerGlyph = ({ shape, hollow, colour, theme }: MarkerGlyphProps) => (
  <path d={MARKERS[shape]} fill={hollow ? theme.colour('--surface') : colour} stroke={hollow ? colour : undefined} />
);

/** Drawn in a 26 × 16 box. */
function Glyph({ of, theme }: { of: LegendEntry['of']; theme: ChartTheme }) {
  if (!('kind' in of)) {
    const colour = plainColour(theme, of.colour);
    return <path d="M7 2h12v12H7z" fill={colour} fillOpacity={of.hatched ? 0.25 : undefined} stroke={colour} />;
  }
  if (of.kind === 'points') {
    // For a run drawn point by point, the last point represents it.
    const point = of.points.at(-1);
    return point && <MarkerGlyph {...point} colour={plainColour(theme, point.colour)} theme={theme} />;
  }
  const colour = plainColour(theme, of.colour);
  return (
    <>
      <path d="M1 8h24" stroke={colour} strokeWidth={of.width} strokeDasharray={dashArray(of.dash, of.width)} />
      {of.kind === 'line' && of.marker && <MarkerGlyph {...of.marker} colour={colour} theme={theme} />}
    </>
  );
}

interface StandaloneProps {
  readonly figure: Figure;
  readonly theme: ChartTheme;
  /** Absent where the surrounding document has a title. */
  readonly title?: string;
  /** Sample sizes behind the numbers; absent where the surrounding document has them. */
  readonly meta?: string;
  /** Size of the chart in pixels, without title and legend. */
  readonly width: number;
  readonly height: number;
}

export function StandalonePicture({ figure, theme, title = '', meta = '', width, height }: StandaloneProps) {
  const legend = placeLegend(legendOf(figure), width - 2 * PAD);
  const top = title ? TITLE_ROOM : PAD / 2;
  const head = top + LEGEND_LINE * ((legend.at(-1)?.line ?? -1) + 1);
  const foot = inLines(meta, width - 2 * PAD);
  const below = head + height;
  const whole = below + (foot.length > 0 ? FOOT_LINE * foot.length + PAD / 2 : 0);
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={whole}
      viewBox={`0 0 ${width} ${whole}`}
      fontFamily={theme.font}
    >
      <path d={`M0 0h${width}v${whole}H0z`} fill={theme.colour('--surface')} />
      {title && (
        <text x={PAD} y={TITLE_BASE} fontSize={17} fill={theme.colour('--ink')}>
          {title}
        </text>
      )}
      {legend.map(({ name, of, x, line }) => (
        <g key={name} transform={`translate(${PAD + x},${top + line * LEGEND_LINE})`}>
          <Glyph of={of} theme={theme} />
          <text x={32} y={12} fontSize={LEGEND_SIZE} fill={theme.colour('--ink-2')}>
            {name}
          </text>
        </g>
      ))}
      <g transform={`translate(0,${head})`}>
        <FigurePicture figure={figure} theme={theme} width={width} height={height} />
      </g>
      {foot.map((line, i) => (
        <text key={line} x={PAD} y={below + 12 + i * FOOT_LINE} fontSize={LEGEND_SIZE} fill={theme.colour('--ink-2')}>
          {line}
        </text>
      ))}
    </svg>
  );
}
