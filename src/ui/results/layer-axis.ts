import type { NameAxis } from '../charts/figure.ts';
import { RESULT_WORDS } from './messages.ts';

export const layersTitle = (): string => RESULT_WORDS.layersTitle;

/** The axis of bars that stand for layers. @param names in order */
export const layerAxis = (names: readonly string[]): NameAxis => ({
  kind: 'names',
  names,
  title: layersTitle(),
  lines: false,
  heading: (layer) => RESULT_WORDS.layer(layer),
});
