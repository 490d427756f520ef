/** Resolves figure colours to the plain colours that pictures and Plotly need, and interpolates colour scales. */
import type { Colour, ColourScale } from './figure.ts';
import type { ChartTheme } from './theme.ts';

/** The Cividis scale: lighter is higher. It looks the same to readers with colour-vision deficiency. */
export const CIVIDIS: ColourScale = (
  [
    'rgb(0, 32, 76)',
    'rgb(0, 42, 102)',
    'rgb(0, 52, 110)',
    'rgb(39, 63, 108)',
    'rgb(60, 74, 107)',
    'rgb(76, 85, 107)',
    'rgb(91, 95, 109)',
    'rgb(104, 106, 112)',
    'rgb(117, 117, 117)',
    'rgb(131, 129, 120)',
    'rgb(146, 140, 120)',
    'rgb(161, 152, 118)',
    'rgb(176, 165, 114)',
    'rgb(192, 177, 109)',
    'rgb(209, 191, 102)',
    'rgb(225, 204, 92)',
    'rgb(243, 219, 79)',
    'rgb(255, 233, 69)',
  ] as const
).map((colour, i, { length }) => [i / (length - 1), colour]);

export const reversed = (scale: ColourScale): ColourScale =>
  scale.map(([at, colour]) => [1 - at, colour] as const).toReversed();

const isToken = (colour: Colour): colour is `--${string}` => colour.startsWith('--');

export const plainColour = (theme: ChartTheme, colour: Colour): string =>
  isToken(colour) ? theme.colour(colour) : colour;

/** The stops of a scale as plain colours. */
export type PlainScale = readonly (readonly [number, string])[];

export const plainScale = (theme: ChartTheme, scale: ColourScale): PlainScale =>
  scale.map(([at, colour]) => [at, plainColour(theme, colour)]);

const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);

/** `stops` rise from 0 to 1 with colours as rgb(); `share` is clipped to that range. */
export function colourAt(stops: PlainScale, share: number): readonly [number, number, number] {
  const clipped = Math.min(1, Math.max(0, share));
  const upper = Math.max(
    1,
    stops.findIndex(([at]) => at >= clipped),
  );
  const [from, to] = [stops[upper - 1], stops[upper]];
  const mix = (clipped - from[0]) / (to[0] - from[0]);
  const end = channels(to[1]);
  const [r, g, b] = channels(from[1]).map((channel, i) => Math.round(channel + mix * (end[i] - channel)));
  return [r, g, b];
}

export const faded = (colour: string, opacity: number): string =>
  opacity === 1 ? colour : `rgba(${channels(colour).join(', ')}, ${opacity})`;

export const rgb = (parts: readonly number[]): string => `rgb(${parts.join(', ')})`;

/** Black or white, whichever is legible on a colour. */
export const inkOn = ([r, g, b]: readonly [number, number, number]): string =>
  0.299 * r + 0.587 * g + 0.114 * b > 140 ? 'rgb(20, 20, 20)' : 'rgb(255, 255, 255)';
