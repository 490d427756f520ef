/** Where the labels of points stand, so that none covers another or a point, and lines cross few of them. All in pixels. */
import { LABEL } from './looks.ts';
import type { PlotArea } from './plot-area.ts';

export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  /** Its diameter, where it is larger than most. */
  readonly size?: number;
  /** Stands where there is room for it. */
  readonly long: string;
  /** Stands otherwise. */
  readonly short: string;
}

export interface PlacedLabel {
  readonly text: string;
  /** From the point to the middle of the text, right and down. */
  readonly shift: readonly [right: number, down: number];
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Width of a character as a share of the font size, rounded up. */
const CHARACTER = 0.6;
const HEIGHT = LABEL.size + 2;
/** Half the width of most points, and the distance of a point from its label. */
const POINT = 5;
const GAP = 3;

const radiusOf = ({ size = 0 }: LabelledPoint): number => Math.max(POINT, size / 2);

const boxAt = (x: number, y: number, width: number, height: number): Box => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
});

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const shared = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

/** Pixels between the points at which a line is looked at. */
const STRIDE = 3;

type Line = readonly { readonly x: number; readonly y: number }[];

/** Points along a line, STRIDE pixels apart. */
const samplesOf = (line: Line): Line =>
  line.slice(1).flatMap((to, i) => {
    const from = line[i];
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / STRIDE));
    return Array.from({ length: steps + 1 }, (_, step) => ({
      x: from.x + ((to.x - from.x) * step) / steps,
      y: from.y + ((to.y - from.y) * step) / steps,
    }));
  });

/** Right of the point, left, above, below, then above and below with an end of the label at the point. */
function shifts(width: number, radius: number): PlacedLabel['shift'][] {
  const [across, down] = [radius + GAP + width / 2, radius + GAP + HEIGHT / 2];
  // Less than half of a width that is rounded up, so that the text itself ends at the point.
  const aside = 0.42 * width;
  return [
    [across, 0],
    [-across, 0],
    [0, -down],
    [0, down],
    [aside, -down],
    [aside, down],
    [-aside, -down],
    [-aside, down],
  ];
}

/** The box of a label. */
export function labelBox({ x, y }: Pick<LabelledPoint, 'x' | 'y'>, { text, shift }: PlacedLabel): Box {
  return boxAt(x + shift[0], y + shift[1], text.length * CHARACTER * LABEL.size, HEIGHT);
}

/**
 * A label per point: first the short ones of all points, where each is free or covers least, then the long ones, where they are free. Of equal
 * places the one that lines cross least.
 * @param area labels stay within it
 * @param lines through the points where they bend
 */
export function placeLabels(
  points: readonly LabelledPoint[],
  area: PlotArea,
  lines: readonly Line[] = [],
): PlacedLabel[] {
  const samples = lines.flatMap(samplesOf);
  const crossed = ({ left, right, top, bottom }: Box): number =>
    samples.filter(({ x, y }) => x > left && x < right && y > top && y < bottom).length;
  const marks = points.map((point) => boxAt(point.x, point.y, 2 * radiusOf(point), 2 * radiusOf(point)));
  const placed: PlacedLabel[] = [];
  const isWithin = ({ left, right, top, bottom }: Box): boolean =>
    left >= 0 && top >= 0 && right <= area.width && bottom <= area.height;
  const candidates = (i: number, text: string) =>
    shifts(text.length * CHARACTER * LABEL.size, radiusOf(points[i]))
      .map((shift): PlacedLabel => ({ text, shift }))
      .map((label) => ({ label, box: labelBox(points[i], label) }))
      .filter(({ box }) => isWithin(box))
      .toSorted((a, b) => crossed(a.box) - crossed(b.box));
  const obstacles = (i: number): Box[] => [
    ...marks,
    ...placed.flatMap((label, j) => (j === i ? [] : [labelBox(points[j], label)])),
  ];
  points.forEach(({ short }, i) => {
    const others = obstacles(i);
    const cover = (box: Box): number => others.reduce((sum, other) => sum + shared(box, other), 0);
    const ranked = candidates(i, short).toSorted((a, b) => cover(a.box) - cover(b.box));
    placed.push(ranked.at(0)?.label ?? { text: short, shift: [0, 0] });
  });
  points.forEach(({ long }, i) => {
    const others = obstacles(i);
    const free = candidates(i, long).find(({ box }) => !others.some((other) => overlaps(box, other)));
    if (free) placed[i] = free.label;
  });
  return placed;
}
