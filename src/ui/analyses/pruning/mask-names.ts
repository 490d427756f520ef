import { PRUNING_WORDS } from './messages.ts';

/** Name of a structured mask. Unknown labels from later versions are shown as they are. */
export function maskName(label: string): string {
  const { masks, ranked, removedLayers } = PRUNING_WORDS;
  const match = /^(shapley|norm|random)-(\d+)/.exec(label);
  return match ? removedLayers(match[2], ranked[match[1]]) : (masks[label] ?? label);
}
