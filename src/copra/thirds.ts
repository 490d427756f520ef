/** Low, middle and high third of the layers of a tower, as CopRA's pruning figure divides them. */
import type { AdapterLayout } from '../core/adapter-layout.ts';

export type Third = 'low' | 'middle' | 'high';

/** Sizes of the thirds of `count` layers: the outer two are ⅓ rounded to the nearest, so 12 → 4/4/4 and 10 → 3/4/3. */
export function thirdSizes(count: number): Record<Third, number> {
  const outer = Math.round(count / 3);
  return { low: outer, middle: count - 2 * outer, high: outer };
}

/** The share of the players that the high thirds have: what they would get of an even split. */
export function highShare(players: AdapterLayout['players']): number {
  return thirdsOfPlayers({ players }).filter((third) => third === 'high').length / players.length;
}

/** The third of its tower's layers in which every player (a layer, or a projection of one) lies; "high" is nearest the output. */
export function thirdsOfPlayers(layout: Pick<AdapterLayout, 'players'>): Third[] {
  const { players } = layout;
  return players.map(({ tower }, index) => {
    const ofTower = [...new Set(players.flatMap((player) => (player.tower === tower ? [player.layer] : [])))];
    const sizes = thirdSizes(ofTower.length);
    const position = ofTower.indexOf(players[index].layer);
    if (position < sizes.low) return 'low';
    return position < sizes.low + sizes.middle ? 'middle' : 'high';
  });
}
