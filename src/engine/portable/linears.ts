/** Linear maps that share an input, fused where the device can, composed of single operations where it cannot. */
import type { Activation } from '../../model/backbone.ts';
import type { BackwardTerm, Device, Groups, LinearsBackward, LinearTerm } from '../device.ts';

/** y_i [R, out_i] of every term. */
export function applyLinears<T>(device: Device<T>, x: T, terms: readonly LinearTerm<T>[], groups: Groups): T[] {
  if (device.fused) return device.fused.applyLinears(x, terms, groups);
  return terms.map(({ map, lora }) => device.applyLinear(x, map, groups, lora, null));
}

/** hidden and activated [R, out]; hidden is null without `keep`. */
export function applyLinearActivated<T>(
  device: Device<T>,
  x: T,
  term: LinearTerm<T>,
  kind: Activation,
  groups: Groups,
  keep: boolean,
): { hidden: T | null; activated: T } {
  if (device.fused) return device.fused.applyLinearActivated(x, term, kind, groups, keep);
  const hidden = device.applyLinear(x, term.map, groups, term.lora, null);
  const activated = device.activation(hidden, kind, groups);
  if (keep) return { hidden, activated };
  device.free(hidden);
  return { hidden: null, activated };
}

/** Accumulates the LoRA gradients of all terms; dx [R, in] (or dHidden) when wanted, otherwise null. */
export function linearsBackward<T>(
  device: Device<T>,
  terms: readonly BackwardTerm<T>[],
  groups: Groups,
  wanted: LinearsBackward<T>,
): T | null {
  if (device.fused) return device.fused.linearsBackward(terms, groups, wanted);
  const { x, gradients, input } = wanted;
  for (const { dy, lora } of terms) if (lora && x) device.loraGradient(dy, x, groups, lora, gradients);
  if (!input) return null;
  let dx = input.accumulate;
  for (const { dy, map, lora } of terms) dx = device.linearInputGradient(dy, map, groups, lora, dx);
  if (!input.activation || !dx) return dx;
  const { hidden, kind } = input.activation;
  const dHidden = device.activationGradient(dx, hidden, kind, groups);
  device.free(dx);
  return dHidden;
}
