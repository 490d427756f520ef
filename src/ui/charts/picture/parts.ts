/**
 * What a picture can show of a figure. A figure with anything else in it — a trace, an option, a text with markup — has no parts and is left
 * to Plotly: a picture shows a figure wholly or not at all.
 */
import * as v from 'valibot';
import { MARKERS, type Marker } from '../markers.ts';
import type { Figure } from '../plotly.ts';

/** Names are escaped for Plotly (`plain-text.ts`); markup of Plotly's own is not shown here. */
const text = v.pipe(
  v.string(),
  v.check((value) => !value.includes('<')),
  v.transform((value) =>
    value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('\u200b', ''),
  ),
);
const isList = (value: unknown): boolean => Array.isArray(value);
const numbers = v.custom<readonly (number | null)[]>(isList);
const values = v.custom<readonly (number | string | null)[]>(isList);
const grid = v.custom<readonly (readonly (number | null)[])[]>(isList);
const range = v.tuple([v.number(), v.number()]);
const font = v.object({ size: v.number(), color: v.string() });
/** What only the pointer sees. */
const unseen = v.optional(v.unknown());

const everyTrace = {
  name: unseen,
  customdata: unseen,
  hoverinfo: unseen,
  hovertemplate: unseen,
  legendgroup: unseen,
  showlegend: unseen,
  xaxis: v.optional(v.string(), 'x'),
  yaxis: v.optional(v.string(), 'y'),
};
const errors = v.strictObject({
  type: v.literal('data'),
  array: numbers,
  color: v.string(),
  thickness: v.number(),
  width: v.number(),
});
const line = v.strictObject({
  color: v.optional(v.string()),
  width: v.number(),
  dash: v.optional(v.string(), 'solid'),
});

const scatter = v.strictObject({
  ...everyTrace,
  type: v.literal('scatter'),
  mode: v.picklist(['lines', 'markers', 'lines+markers']),
  x: numbers,
  y: numbers,
  fill: v.optional(v.literal('toself')),
  fillcolor: v.optional(v.string()),
  line: v.optional(line),
  marker: v.optional(
    v.strictObject({
      color: v.string(),
      symbol: v.optional(v.picklist(Object.keys(MARKERS) as Marker[]), 'circle'),
      size: v.number(),
    }),
  ),
  error_y: v.optional(errors),
});

const bar = v.strictObject({
  ...everyTrace,
  type: v.literal('bar'),
  orientation: v.optional(v.picklist(['h', 'v']), 'v'),
  x: values,
  y: values,
  marker: v.strictObject({ color: v.string(), line: v.strictObject({ width: v.literal(0) }) }),
  text: v.optional(v.array(text)),
  textposition: v.optional(v.literal('inside')),
  insidetextanchor: v.optional(v.literal('start')),
  textangle: v.optional(v.literal(0)),
  constraintext: v.optional(v.literal('none')),
  textfont: v.optional(font),
  error_x: v.optional(errors),
  error_y: v.optional(errors),
});

const heatmap = v.strictObject({
  ...everyTrace,
  type: v.literal('heatmap'),
  x: v.array(text),
  y: v.array(text),
  z: grid,
  zmin: v.number(),
  zmax: v.number(),
  colorscale: v.array(v.tuple([v.number(), v.string()])),
  xgap: v.number(),
  ygap: v.number(),
  showscale: v.literal(false),
  hoverongaps: unseen,
});

const axis = v.strictObject({
  type: v.optional(v.picklist(['linear', 'category'])),
  title: v.object({ text, font }),
  domain: v.optional(range, [0, 1]),
  anchor: v.optional(v.string()),
  range: v.optional(range),
  rangemode: v.optional(v.literal('tozero')),
  autorange: v.optional(v.literal('reversed')),
  nticks: v.optional(v.number()),
  dtick: v.optional(v.number()),
  tick0: v.optional(v.literal(0)),
  tickvals: v.optional(v.array(v.number())),
  ticktext: v.optional(v.array(text)),
  tickformat: v.optional(v.literal(',d')),
  tickangle: v.optional(v.literal(0)),
  tickfont: font,
  showticklabels: v.optional(v.boolean(), true),
  showgrid: v.optional(v.boolean(), true),
  gridcolor: v.string(),
  linecolor: v.string(),
  zeroline: v.literal(false),
  ticks: v.literal(''),
  automargin: v.literal(false),
  fixedrange: unseen,
  unifiedhovertitle: unseen,
});

const shape = v.strictObject({
  type: v.literal('line'),
  layer: v.picklist(['below', 'above']),
  line: v.strictObject({ color: v.string(), width: v.number(), dash: v.string() }),
  x0: v.number(),
  x1: v.number(),
  y0: v.number(),
  y1: v.number(),
  xref: v.string(),
  yref: v.string(),
});

const annotation = v.strictObject({
  text,
  x: v.number(),
  y: v.number(),
  xref: v.string(),
  yref: v.string(),
  xanchor: v.picklist(['left', 'center', 'right']),
  yanchor: v.literal('bottom'),
  yshift: v.optional(v.number(), 0),
  showarrow: v.literal(false),
  font,
});

const layout = v.strictObject({
  font: v.object({ family: v.string() }),
  paper_bgcolor: unseen,
  plot_bgcolor: unseen,
  margin: v.strictObject({ l: v.number(), r: v.number(), t: v.number(), b: v.number() }),
  showlegend: v.literal(false),
  hovermode: unseen,
  dragmode: unseen,
  hoverlabel: unseen,
  barmode: v.optional(v.literal('group')),
  bargap: v.optional(v.number(), 0.2),
  bargroupgap: v.optional(v.number(), 0),
  shapes: v.optional(v.array(shape), []),
  annotations: v.optional(v.array(annotation), []),
});

export type ScatterPart = v.InferOutput<typeof scatter>;
export type BarPart = v.InferOutput<typeof bar>;
export type HeatmapPart = v.InferOutput<typeof heatmap>;
export type TracePart = ScatterPart | BarPart | HeatmapPart;
export type AxisPart = v.InferOutput<typeof axis>;
export type ShapePart = v.InferOutput<typeof shape>;
export type AnnotationPart = v.InferOutput<typeof annotation>;

export interface FigureParts extends v.InferOutput<typeof layout> {
  readonly traces: readonly TracePart[];
  /** By the name traces use: x, y, x2, … */
  readonly axes: ReadonlyMap<string, AxisPart>;
}

const AXIS_KEY = /^([xy])axis(\d*)$/;
const traces = v.array(v.variant('type', [scatter, bar, heatmap]));

/** Null where the figure holds something that a picture does not show. */
export function partsOf({ data, layout: whole }: Figure): FigureParts | null {
  const axes = new Map<string, AxisPart>();
  const rest: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(whole)) {
    const name = AXIS_KEY.exec(key);
    if (!name) {
      rest[key] = value;
      continue;
    }
    const parsed = v.safeParse(axis, value);
    if (!parsed.success) return null;
    axes.set(name[1] + name[2], parsed.output);
  }
  const parsedTraces = v.safeParse(traces, data);
  const parsedRest = v.safeParse(layout, rest);
  if (!parsedTraces.success || !parsedRest.success) return null;
  if (parsedTraces.output.some(({ xaxis, yaxis }) => !axes.has(xaxis) || !axes.has(yaxis))) return null;
  return { ...parsedRest.output, traces: parsedTraces.output, axes };
}
