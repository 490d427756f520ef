import type { NameAxis } from '../charts/figure.ts';

export const LAYERS_TITLE = 'layer, from input to output';

/** The axis of bars that stand for layers. @param names in order */
export const layerAxis = (names: readonly string[]): NameAxis => ({
  kind: 'names',
  names,
  title: LAYERS_TITLE,
  lines: false,
  heading: (layer) => `layer ${layer}`,
});
