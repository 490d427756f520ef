/** The heat maps over the picture, as an SVG of its own. */
import { fixed } from '../../../core/number-format.ts';
import { markupText } from '../../../core/markup.ts';
import { CIVIDIS, colourAt, plainScale, rgb } from '../../charts/colours.ts';
import type { ChartTheme } from '../../charts/theme.ts';
import { dataUrl } from '../pictures/pictures-svg.ts';
import { INSIDE_WORDS } from './messages.ts';

/** How much of the picture a heat map hides. */
export const HEAT_OPACITY = 0.66;

export interface HeatMap {
  readonly name: string;
  readonly detail: string;
  /** [side, side]: times an even share. */
  readonly times: ArrayLike<number>;
}

interface InsidePicture {
  /** [size, size, 3] uint8 RGB */
  readonly pixels: Uint8Array;
  readonly size: number;
  readonly side: number;
  readonly maps: readonly HeatMap[];
  readonly range: HeatRange;
}

/** The common scale of all maps, times an even share. */
export type HeatRange = readonly [least: number, most: number];

/** Maps that are nearly even look even. */
const LEAST_SPAN = 0.1;

/** From the least to the most attended patch of all maps. */
export function heatRange(maps: readonly Pick<HeatMap, 'times'>[]): HeatRange {
  const all = maps.flatMap(({ times }) => Array.from(times));
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return [least, Math.max(most, least + LEAST_SPAN)];
}

export function heatColour(theme: ChartTheme, times: number, [least, most]: HeatRange): string {
  return rgb(colourAt(plainScale(theme, CIVIDIS), (times - least) / (most - least)));
}

const TILE = 200;
const GAP = 16;
const TOP = 44;
const NAMES = 40;
const BAR = 12;

export function insideSvg(
  { pixels, size, side, maps, range }: InsidePicture,
  theme: ChartTheme,
  title: string,
): string {
  const width = GAP + (maps.length + 1) * (TILE + GAP);
  const height = TOP + TILE + NAMES + BAR + 44;
  const text = (x: number, y: number, content: string, extra = '') =>
    `<text x="${x}" y="${y}" fill="${theme.colour('--ink')}" ${extra}>${markupText(content)}</text>`;
  const image = `<image width="${TILE}" height="${TILE}" href="${dataUrl(pixels, size)}" preserveAspectRatio="none"/>`;
  const cell = TILE / side;
  const tiles = [{ name: INSIDE_WORDS.picture, detail: '', times: [] }, ...maps].map(({ name, detail, times }, i) => {
    const heat = Array.from(times, (value, patch) => {
      const [row, column] = [Math.floor(patch / side), patch % side];
      return `<rect x="${column * cell}" y="${row * cell}" width="${cell}" height="${cell}" fill="${heatColour(theme, value, range)}" fill-opacity="${HEAT_OPACITY}"/>`;
    });
    const named = `${text(0, TILE + 16, name, 'font-weight="600"')}${text(0, TILE + 32, detail)}`;
    return `<g transform="translate(${GAP + i * (TILE + GAP)} ${TOP})">${image}${heat.join('')}${named}</g>`;
  });
  const stops = plainScale(theme, CIVIDIS).map(([at, colour]) => `<stop offset="${at}" stop-color="${colour}"/>`);
  const under = TOP + TILE + NAMES;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${markupText(theme.font)}" font-size="12">`,
    `<defs><linearGradient id="scale">${stops.join('')}</linearGradient></defs>`,
    `<rect width="${width}" height="${height}" fill="${theme.colour('--surface')}"/>`,
    text(GAP, 26, title, 'font-size="15" font-weight="600"'),
    ...tiles,
    `<rect x="${GAP}" y="${under}" width="${TILE}" height="${BAR}" fill="url(#scale)"/>`,
    text(GAP, under + BAR + 16, INSIDE_WORDS.scale(fixed(range[0], 2), fixed(range[1], 2), side ** 2)),
    '</svg>',
  ].join('');
}
