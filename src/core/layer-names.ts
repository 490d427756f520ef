import type { Player } from './adapter-layout.ts';

/** Names of layers on an axis: "3", or "V3" and "T3" where layers of both towers play. */
export function layerNames(players: readonly Pick<Player, 'tower' | 'layer'>[]): string[] {
  const twoTowers = new Set(players.map(({ tower }) => tower)).size > 1;
  return players.map(({ tower, layer }) => (twoTowers ? `${tower[0].toUpperCase()}${layer + 1}` : String(layer + 1)));
}
