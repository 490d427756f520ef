/**
 * A figure as data: panels with axes, and the marks on them. Builders (`*-plot.ts`) define what is drawn and what hovering shows; `picture/`
 * draws it as SVG and `plotly/` converts it for Plotly. Both renderers support everything this format can express.
 */
import type { Dash, Marker } from './line-styles.ts';

/** A design token, or a literal colour. */
export type Colour = `--${string}` | `rgb(${string})` | `hsl(${string})`;

/** Colours at positions that rise from 0 to 1. */
export type ColourScale = readonly (readonly [number, Colour])[];

/** Builds the figure for a chart of the given width in pixels. */
export type BuildFigure = (width: number) => Figure;

export interface Figure {
  /** What of the result was chosen to be drawn; absent where nothing can be chosen. Figures of other choices show other quantities, whatever their titles. */
  readonly choice?: string;
  /** Pixels around the panels, with room for axes and titles. */
  readonly margin: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** Panel layout, row by row; absent: a single panel. */
  readonly grid?: Grid;
  readonly panels: readonly Panel[];
  /** What hovering shows: all marks at the pointer's position along an axis, or the nearest mark. */
  readonly pointer: 'x' | 'y' | 'nearest';
  /** Shared title of the x axes. */
  readonly xTitle?: string;
  /** Shown directly below the axes. */
  readonly remark?: string;
  readonly colourBar?: ColourBar;
}

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Pixels between panels. */
  readonly columnGap: number;
  readonly rowGap: number;
}

export interface Panel {
  readonly x: Axis;
  readonly y: Axis;
  readonly title?: string;
  /** Shown in the lower right corner. */
  readonly remark?: string;
  /** Equal scale on both axes: one unit of x is as long as one of y. */
  readonly equalUnits?: boolean;
  /** Draws a line on all four sides instead of one along each axis. */
  readonly framed?: boolean;
  /** Drawn in this order. */
  readonly marks: readonly Mark[];
}

export type Axis = NumberAxis | NameAxis;

interface AxisBase {
  readonly title?: string;
  /** Whether ticks have labels (the default) and lines. */
  readonly labels?: boolean;
  readonly lines?: boolean;
  /** Slants the labels below an x axis. */
  readonly slanted?: boolean;
  /** The hover heading along this axis, from the label of the position. */
  readonly heading?: (place: string) => string;
}

export interface NumberAxis extends AxisBase {
  readonly kind: 'linear' | 'log';
  /** Absent: the extent of the marks, with padding. */
  readonly range?: readonly [number, number];
  /** An automatic range includes zero. */
  readonly toZero?: boolean;
  /** The values that the quantity can have: the axis ends there, with room for a marker, and no tick lies beyond. */
  readonly limits?: readonly [number, number];
  readonly ticks?: NumberTicks;
}

/** Explicit ticks, the step between them, or their approximate number. */
export type NumberTicks =
  | { readonly at: readonly number[]; readonly texts?: readonly string[] }
  | { readonly every: number }
  | { readonly count: number };

/** A categorical axis: marks lie at 0, 1, 2, …, the indices of the names. */
export interface NameAxis extends AxisBase {
  readonly kind: 'names';
  readonly names: readonly string[];
  /** Names split into lines, where they need several. */
  readonly written?: readonly (readonly string[])[];
  /** Indices of the names shown; absent: as many as fit. */
  readonly ticks?: readonly number[];
  /** The first name is at the top of a y axis. */
  readonly fromTop?: boolean;
  /** Draws the names in the text colour, because readers look them up. */
  readonly strong?: boolean;
}

export type Mark = LineMark | PointsMark | BarsMark | CellsMark | ContourMark | LevelMark | LabelMark;

/** The hover text of the i-th value. */
type Reading = (index: number) => string;

/** A line through points, with an optional band of the given half-width. */
export interface LineMark {
  readonly kind: 'line';
  /** Legend entry in a standalone image. */
  readonly name?: string;
  /** The same of a line that is no curve of a result. */
  readonly reference?: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly colour: Colour;
  readonly opacity?: number;
  readonly width: number;
  readonly dash: Dash;
  readonly band?: readonly number[];
  readonly errors?: readonly number[];
  /** Drawn at every point. */
  readonly marker?: { readonly shape: Marker; readonly size: number; readonly hollow?: boolean };
  readonly reading?: Reading;
}

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly shape: Marker;
  /** Diameter in pixels. */
  readonly size: number;
  readonly colour: Colour;
  readonly hollow?: boolean;
}

export interface PointsMark {
  readonly kind: 'points';
  readonly name?: string;
  readonly points: readonly Point[];
  readonly edge?: { readonly colour: Colour; readonly width: number };
  readonly reading: Reading;
}

/** Bars of several series per name: grouped or stacked. */
export interface BarsMark {
  readonly kind: 'bars';
  readonly series: readonly BarSeries[];
  readonly stacked?: boolean;
  /** Horizontal bars: names are on the y axis. */
  readonly lying?: boolean;
  /** Gap between names as a share of a name's slot, and between bars as a share of a bar's slot. */
  readonly gap: number;
  readonly barGap?: number;
}

export interface BarSeries {
  readonly name: string;
  /** Indexed like the names. */
  readonly values: readonly (number | null)[];
  readonly colour: Colour;
  /** Hatched, so that it differs from solid bars without colour. */
  readonly hatched?: boolean;
  readonly errors?: readonly number[];
  /** Text at the start of horizontal bars. */
  readonly texts?: { readonly size: number; readonly of: readonly string[] };
  readonly reading: Reading;
}

/** A cell for every pair of names, [rows][columns]. */
export interface CellsMark {
  readonly kind: 'cells';
  readonly values: readonly (readonly (number | null)[])[];
  readonly range: readonly [number, number];
  readonly scale: ColourScale;
  /** Pixels between cells. */
  readonly gap: number;
  /** Text of a cell. */
  readonly text?: (value: number, row: number, column: number) => string;
  /** Pixels; absent: that of the names beside the cells. */
  readonly textSize?: number;
  readonly reading: (row: number, column: number) => string;
}

/** A function of x and y on a grid, [rows][columns], as colours with contour lines. */
export interface ContourMark {
  readonly kind: 'contour';
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly values: readonly (readonly (number | null)[])[];
  readonly range: readonly [number, number];
  readonly scale: ColourScale;
  /** Number of intervals between contour lines. */
  readonly steps: number;
  readonly reading: (row: number, column: number) => string;
}

/** A line across a panel at one value of an axis. */
export interface LevelMark {
  readonly kind: 'level';
  /** Legend entry in a standalone image. */
  readonly name?: string;
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly colour: Colour;
  readonly width: number;
  readonly dash: Dash;
}

/** The label of a point. */
export interface LabelMark {
  readonly kind: 'label';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Pixels from the point to the middle of the text, right and down, on the chart's own ground. Absent: below it, on a light ground. */
  readonly shift?: readonly [right: number, down: number];
}

export interface ColourBar {
  readonly scale: ColourScale;
  readonly range: readonly [number, number];
  readonly title?: string;
  /** As a share of the panels' height. */
  readonly share: number;
}
