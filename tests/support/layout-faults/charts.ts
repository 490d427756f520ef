/** Texts of charts that overlap or are cut. */
import { areApart, boxOf, isShown, place, px, quote, SLACK } from './reading.ts';

/** The share of the box of a text that a font keeps free above its letters, and below them. */
const FREE = 0.2;

interface ChartText {
  readonly text: string;
  /** Of the box of its letters, which may be slanted. */
  readonly corners: readonly DOMPoint[];
  /** The upright box around them. */
  readonly box: DOMRect;
}

function cornersOf(text: SVGTextElement): DOMPoint[] {
  const { x, y, width, height } = text.getBBox();
  const matrix = text.getScreenCTM() ?? undefined;
  const [top, bottom] = [y + FREE * height, y + (1 - FREE) * height];
  return [
    new DOMPoint(x, top),
    new DOMPoint(x + width, top),
    new DOMPoint(x + width, bottom),
    new DOMPoint(x, bottom),
  ].map((corner) => corner.matrixTransform(matrix));
}

function textsOf(chart: Element): ChartText[] {
  return [...chart.querySelectorAll('text')].flatMap((text) => {
    if (!text.textContent?.trim() || !isShown(text)) return [];
    const corners = cornersOf(text);
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return [{ text: text.textContent, corners, box: new DOMRect(x, y, Math.max(...xs) - x, Math.max(...ys) - y) }];
  });
}

/** Pixels by which two slanted boxes overlap, by the separating axis theorem: negative if a line parallel to one of their sides passes between them. */
const depthOf = (one: readonly DOMPoint[], other: readonly DOMPoint[]): number =>
  Math.min(
    ...[one, other].flatMap(([a, b, , d]) =>
      [b, d].map((end) => {
        const length = Math.hypot(end.x - a.x, end.y - a.y) || 1;
        const along = ({ x, y }: DOMPoint): number => (x * (end.x - a.x) + y * (end.y - a.y)) / length;
        const [p, q] = [one.map(along), other.map(along)];
        return Math.min(Math.max(...p), Math.max(...q)) - Math.max(Math.min(...p), Math.min(...q));
      }),
    ),
  );

function faultsOf(chart: Element): string[] {
  const bounds = boxOf(chart);
  const texts = textsOf(chart);
  const cut = texts.flatMap(({ text, box }) => {
    const beyond = Math.max(
      bounds.left - box.left,
      box.right - bounds.right,
      bounds.top - box.top,
      box.bottom - bounds.bottom,
    );
    return beyond > SLACK ? [`${quote(text)} is cut off by ${px(beyond)} in the chart${place(chart)}`] : [];
  });
  const overlapping = texts.flatMap((one, i) =>
    texts.slice(i + 1).flatMap((other) => {
      if (areApart(one.box, other.box)) return [];
      const depth = depthOf(one.corners, other.corners);
      return depth > SLACK
        ? [`${quote(one.text)} and ${quote(other.text)} overlap by ${px(depth)} in the chart${place(chart)}`]
        : [];
    }),
  );
  return [...cut, ...overlapping];
}

export const chartFaults = (root: Element): string[] =>
  [...root.querySelectorAll('[role="img"], figure svg')]
    .filter((chart) => chart.matches('[role="img"]') || !chart.closest('[role="img"]'))
    .flatMap(faultsOf);
