/** Colours between the stops of a scale. */

const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);

/** `stops` rise from 0 to 1 with colours as rgb(); `share` outside is clipped. */
export function colourAt(stops: readonly (readonly [number, string])[], share: number): string {
  const clipped = Math.min(1, Math.max(0, share));
  const upper = Math.max(
    1,
    stops.findIndex(([at]) => at >= clipped),
  );
  const [from, to] = [stops[upper - 1], stops[upper]];
  const mix = (clipped - from[0]) / (to[0] - from[0]);
  const end = channels(to[1]);
  const mixed = channels(from[1]).map((channel, i) => Math.round(channel + mix * (end[i] - channel)));
  return `rgb(${mixed.join(', ')})`;
}
