/** The curves of an earlier result under those of a study that is still running. */
import type { Axis, Figure, LineMark, Mark, Panel } from './figure.ts';
import { CHARTS_WORDS } from './messages.ts';

const OPACITY = 0.45;

const isCurve = (mark: Mark): mark is LineMark => mark.kind === 'line' && mark.name !== undefined;

const isSameAxis = (a: Axis, b: Axis): boolean => a.kind === b.kind && a.kind !== 'names' && a.title === b.title;

/** Panels that show the same quantities, in figures of the same choice. */
const isSamePanel = (a: Panel, b: Panel | undefined): b is Panel =>
  b !== undefined && a.title === b.title && isSameAxis(a.x, b.x) && isSameAxis(a.y, b.y);

/** Grey, and silent under the pointer; only what lies in the range of the axis. Null for what is no curve there. */
function paled({ x, y, dash }: LineMark, axis: Axis): LineMark | null {
  const [from, to] = (axis.kind === 'names' ? undefined : axis.range) ?? [-Infinity, Infinity];
  const shown = x.map((_, i) => i).filter((i) => x[i] >= from && x[i] <= to && Number.isFinite(y[i]));
  if (shown.length < 2) return null;
  return {
    kind: 'line',
    name: CHARTS_WORDS.earlier,
    x: shown.map((i) => x[i]),
    y: shown.map((i) => y[i]),
    colour: '--reference',
    opacity: OPACITY,
    width: 1.5,
    dash,
  };
}

function withRoom(axis: Axis, curves: readonly LineMark[]): Axis {
  if (axis.kind === 'names' || !axis.range) return axis;
  const values = curves.flatMap(({ y }) => y);
  const [low, high] = axis.range;
  return { ...axis, range: [Math.min(low, ...values), Math.max(high, ...values)] };
}

/**
 * A figure with the curves of an earlier one of the same quantities under its own. The range of its x axis stays: of a longer training the first
 * part is shown. Returns the figure itself where no curve fits.
 */
export function withEarlier(figure: Figure, earlier: Figure): Figure {
  if (figure.choice !== earlier.choice) return figure;
  let found = false;
  const panels = figure.panels.map((panel, i) => {
    const before = earlier.panels.at(i);
    if (!isSamePanel(panel, before)) return panel;
    const curves = before.marks.filter(isCurve).flatMap((mark) => paled(mark, panel.x) ?? []);
    if (curves.length === 0) return panel;
    found = true;
    return { ...panel, y: withRoom(panel.y, curves), marks: [...curves, ...panel.marks] };
  });
  return found && figure.panels.length === earlier.panels.length ? { ...figure, panels } : figure;
}
