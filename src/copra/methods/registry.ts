/** All methods, in display order. To add a method, add its file, one line here and its law in Python (share/python/laws.ts). */
import { copra } from './copra.ts';
import { layerDrop } from './layer-drop.ts';
import { loraDropout } from './lora-dropout.ts';
import { lora } from './lora.ts';
import type { Method } from './method.ts';
import { progressiveDropout } from './progressive-dropout.ts';
import { stochasticDepth } from './stochastic-depth.ts';

export const METHODS = [
  lora,
  copra,
  layerDrop,
  stochasticDepth,
  loraDropout,
  progressiveDropout,
] as const satisfies readonly Method[];

export type MethodId = (typeof METHODS)[number]['id'];
export const METHOD_IDS: readonly MethodId[] = METHODS.map((method) => method.id);

/** @throws RangeError for an id that is not registered, listing those that are. */
export function methodOf(id: string): Method {
  const method = METHODS.find((candidate) => candidate.id === id);
  if (!method)
    throw new RangeError(`There is no method "${id}"; known are ${METHODS.map((known) => known.id).join(', ')}.`);
  return method;
}

/** Whether a method switches layers, or single projections, off in training: only these have a granularity. */
export const dropsLayers = (id: unknown): boolean =>
  METHODS.some((method) => method.id === id && (method.settings as readonly string[]).includes('granularity'));
