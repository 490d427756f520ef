/** Moves Plotly's hover box off the curves it describes. Plotly places it at the height of the points, where it hides them. */

/** Pixels between the box and the pointer line, and between the curve points that are checked. */
const GAP = 14;
const STRIDE = 6;
/** Candidate heights in a panel, top to bottom. */
const HEIGHTS = [0, 0.25, 0.5, 0.75, 1];

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Points along every line of a chart, in window pixels. */
function curvePoints(chart: Element): DOMPoint[] {
  return [...chart.querySelectorAll<SVGPathElement>('.scatterlayer .js-line')].flatMap((line) => {
    const toWindow = line.getScreenCTM();
    const length = line.getTotalLength();
    if (!toWindow || length === 0) return [];
    const count = Math.max(1, Math.ceil(length / STRIDE));
    return Array.from({ length: count + 1 }, (_, i) =>
      line.getPointAtLength((length * i) / count).matrixTransform(toWindow),
    );
  });
}

/** The position, in window pixels, where the box covers the fewest points. Ties go to the position nearest to the original. */
export function clearestPlace(
  box: Place & { readonly width: number; readonly height: number },
  panel: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
  pointer: number,
  points: readonly Place[],
): Place {
  const sides = [pointer + GAP, pointer - GAP - box.width].filter(
    (x) => x >= panel.left && x + box.width <= panel.right,
  );
  const candidates = (
    sides.length > 0 ? sides : [Math.max(panel.left, Math.min(box.x, panel.right - box.width))]
  ).flatMap((x) =>
    HEIGHTS.map((share) => ({ x, y: panel.top + share * Math.max(0, panel.bottom - panel.top - box.height) })),
  );
  const ranked = candidates.map((place) => ({
    place,
    covered: points.filter(
      ({ x, y }) => x >= place.x && x <= place.x + box.width && y >= place.y && y <= place.y + box.height,
    ).length,
    way: Math.hypot(place.x - box.x, place.y - box.y),
  }));
  return ranked.reduce((best, next) =>
    next.covered < best.covered || (next.covered === best.covered && next.way < best.way) ? next : best,
  ).place;
}

/** Moves the box within the panel under the pointer. Plotly's pointer line and the curves identify that panel. */
function move(chart: HTMLElement, box: SVGGElement): void {
  const spike = chart.querySelector('.hoverlayer .spikeline')?.getBoundingClientRect();
  const frame = chart.getBoundingClientRect();
  const points = curvePoints(chart);
  if (points.length === 0) return;
  const now = box.getBoundingClientRect();
  const panels = [...chart.querySelectorAll('.draglayer .nsewdrag')].map((drag) => drag.getBoundingClientRect());
  const middle = now.top + now.height / 2;
  const panel = panels.find(
    ({ left, right, top, bottom }) =>
      (!spike || (spike.left >= left - 1 && spike.left <= right + 1)) && middle >= top && middle <= bottom,
  );
  if (!panel) return;
  const pointer = spike ? spike.left : now.left < (panel.left + panel.right) / 2 ? now.left - GAP : now.right + GAP;
  const { x, y } = clearestPlace(
    { x: now.left, y: now.top, width: now.width, height: now.height },
    { left: frame.left, right: frame.right, top: panel.top, bottom: panel.bottom },
    pointer,
    points,
  );
  const shift = box.transform.baseVal.consolidate()?.matrix;
  if (!shift) return;
  box.setAttribute('transform', `translate(${shift.e + x - now.left},${shift.f + y - now.top})`);
}

const followed = new WeakSet<Element>();

/** Repositions every hover box that Plotly draws in a chart before it is painted. Can be called after every draw. */
export function keepHoverClear(chart: HTMLElement): void {
  const layer = chart.querySelector('.hoverlayer');
  if (!layer || followed.has(layer)) return;
  followed.add(layer);
  const observer = new MutationObserver(() => {
    const box = layer.querySelector<SVGGElement>('g.legend');
    if (box) move(chart, box);
    observer.takeRecords();
  });
  observer.observe(layer, { childList: true, subtree: true });
}
