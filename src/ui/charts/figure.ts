/**
 * A figure as data: panels with axes, and the marks on them. Builders (`*-plot.ts`) say what is drawn and what a pointer reads; `picture/` draws
 * it as SVG and `plotly/` hands it to Plotly. Each of them draws everything that can be said here.
 */
import type { Dash } from './dashes.ts';
import type { Marker } from './markers.ts';

/** A design token, or a colour of its own. */
export type Colour = `--${string}` | `rgb(${string})` | `hsl(${string})`;

/** Colours at shares of a range, which rise from 0 to 1. */
export type ColourScale = readonly (readonly [number, Colour])[];

/** Makes the figure for a chart of so many pixels across. */
export type BuildFigure = (width: number) => Figure;

export interface Figure {
  /** Pixels around the panels, with room for axes and titles. */
  readonly margin: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** How panels lie, row by row; without it there is one. */
  readonly grid?: Grid;
  readonly panels: readonly Panel[];
  /** What a pointer reads: all marks at its place along an axis, or the nearest. */
  readonly pointer: 'x' | 'y' | 'nearest';
  /** One title for the x axes of all panels. */
  readonly xTitle?: string;
  /** Right below the axes. */
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
  /** In its lower right corner. */
  readonly remark?: string;
  /** A unit of x is as long as one of y. */
  readonly equalUnits?: boolean;
  /** A line all around instead of one along each axis. */
  readonly framed?: boolean;
  /** Drawn in this order. */
  readonly marks: readonly Mark[];
}

export type Axis = NumberAxis | NameAxis;

interface AxisBase {
  readonly title?: string;
  /** Ticks have texts, which is the rule, and lines. */
  readonly labels?: boolean;
  readonly lines?: boolean;
  /** The heading of what a pointer reads along this axis, from the text of its place. */
  readonly heading?: (place: string) => string;
}

export interface NumberAxis extends AxisBase {
  readonly kind: 'linear' | 'log';
  /** Otherwise that of the marks, with some room. */
  readonly range?: readonly [number, number];
  /** An open range holds zero. */
  readonly toZero?: boolean;
  readonly ticks?: NumberTicks;
}

/** The ticks themselves, the distance between two, or about how many there are. */
export type NumberTicks =
  | { readonly at: readonly number[]; readonly texts?: readonly string[] }
  | { readonly every: number }
  | { readonly count: number };

/** Marks lie at 0, 1, 2, …: the places of the names. */
export interface NameAxis extends AxisBase {
  readonly kind: 'names';
  readonly names: readonly string[];
  /** How names are written where that takes several lines. */
  readonly written?: readonly (readonly string[])[];
  /** Places whose names are written; without it as many as there is room for. */
  readonly ticks?: readonly number[];
  /** The first name is at the top of a y axis. */
  readonly fromTop?: boolean;
  /** Names are what the figure is read by, and in the ink of text. */
  readonly strong?: boolean;
  /** Names below an x axis rise to their tick. */
  readonly slanted?: boolean;
}

export type Mark = LineMark | PointsMark | BarsMark | CellsMark | ContourMark | LevelMark | LabelMark;

/** What a pointer reads at the i-th value. */
type Reading = (index: number) => string;

/** A line through points, with a band of so much to both sides. */
export interface LineMark {
  readonly kind: 'line';
  /** In the legend of an image that stands alone. */
  readonly name?: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly colour: Colour;
  readonly opacity?: number;
  readonly width: number;
  readonly dash: Dash;
  readonly band?: readonly number[];
  readonly errors?: readonly number[];
  /** At every point. */
  readonly marker?: { readonly shape: Marker; readonly size: number; readonly hollow?: boolean };
  readonly reading?: Reading;
}

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly shape: Marker;
  /** Pixels across. */
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

/** Bars of several series at every name: side by side, or one on another. */
export interface BarsMark {
  readonly kind: 'bars';
  readonly series: readonly BarSeries[];
  readonly stacked?: boolean;
  /** Names are on the y axis. */
  readonly lying?: boolean;
  /** Of the room of a name, between names; of that of a bar, between bars. */
  readonly gap: number;
  readonly barGap?: number;
}

export interface BarSeries {
  readonly name: string;
  /** By place of the name. */
  readonly values: readonly (number | null)[];
  readonly colour: Colour;
  /** Told apart from full bars without colour. */
  readonly hatched?: boolean;
  readonly errors?: readonly number[];
  /** Written at the start of lying bars. */
  readonly texts?: { readonly size: number; readonly of: readonly string[] };
  readonly reading: Reading;
}

/** A cell for every two names, [rows][columns]. */
export interface CellsMark {
  readonly kind: 'cells';
  readonly values: readonly (readonly (number | null)[])[];
  readonly range: readonly [number, number];
  readonly scale: ColourScale;
  /** Pixels between cells. */
  readonly gap: number;
  /** What is written in a cell. */
  readonly text?: (value: number) => string;
  readonly reading: (row: number, column: number) => string;
}

/** A function of x and y on a grid of points, [rows][columns], as colours with lines of equal value. */
export interface ContourMark {
  readonly kind: 'contour';
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly values: readonly (readonly (number | null)[])[];
  readonly range: readonly [number, number];
  readonly scale: ColourScale;
  /** Parts of the range between lines. */
  readonly steps: number;
  readonly reading: (row: number, column: number) => string;
}

/** A line across a panel at a value of one axis. */
export interface LevelMark {
  readonly kind: 'level';
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly colour: Colour;
  readonly width: number;
  readonly dash: Dash;
}

/** A name below a place. */
export interface LabelMark {
  readonly kind: 'label';
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface ColourBar {
  readonly scale: ColourScale;
  readonly range: readonly [number, number];
  readonly title?: string;
  /** Of the height of the panels. */
  readonly share: number;
}
