/**
 * Linear maps that share an input, with their LoRA and DoRA: fused where the device can, composed of single operations where it cannot. DoRA
 * comes behind a map (forward) or before it (backward) as an operation of its own, so that maps without DoRA cost nothing.
 */
import type { Activation } from '../../model/backbone.ts';
import type { Device } from '../device.ts';
import type { DeviceLinear, DoraUse, Groups, LoraUse } from '../operands.ts';
import type { LinearsBackward } from '../optional-operations.ts';
import type { DeviceNorm } from './weights.ts';

/** The LoRA of a map, and the DoRA behind it in layouts with magnitudes. */
export interface Adaptation<T> extends LoraUse<T> {
  readonly dora: DoraUse<T> | null;
}

/** A map and what adapts it; LoRA null: it is frozen in every group. */
export interface AdaptedTerm<T> {
  readonly map: DeviceLinear;
  readonly lora: Adaptation<T> | null;
}

/** A map with its adapter and the gradient of its output. */
export interface AdaptedBackwardTerm<T> extends AdaptedTerm<T> {
  /** [R, out of the map] */
  readonly dy: T;
  /** What the forward kept: see LinearOutput. */
  readonly z: T | null;
}

/** What a map with its adapter gives. */
export interface LinearOutput<T> {
  /** [R, out] */
  readonly y: T;
  /** What DoRA scaled (DoraUse), [R, out], for the backward; null without `keep` and without DoRA. */
  readonly z: T | null;
}

function applyDora<T>(
  device: Device<T>,
  z: T,
  { map, lora }: AdaptedTerm<T>,
  groups: Groups,
  residual: T | null,
  keep: boolean,
): LinearOutput<T> {
  if (!lora?.dora) return { y: z, z: null };
  const y = device.applyDora(z, map, groups, lora.dora, residual);
  if (keep) return { y, z };
  device.free(z);
  return { y, z: null };
}

/** Outputs of every term, for the input x [R, in]. @param keep whether the backward follows: `z` is the caller's then */
export function applyLinears<T>(
  device: Device<T>,
  x: T,
  terms: readonly AdaptedTerm<T>[],
  groups: Groups,
  keep: boolean,
): LinearOutput<T>[] {
  const plain = device.fused
    ? device.fused.applyLinears(x, terms, groups)
    : terms.map(({ map, lora }) => device.applyLinear(x, map, groups, lora, null));
  return plain.map((z, i) => applyDora(device, z, terms[i], groups, null, keep));
}

/** Output of one map, plus residual [R, out]. */
export function applyLinear<T>(
  device: Device<T>,
  x: T,
  term: AdaptedTerm<T>,
  groups: Groups,
  residual: T | null,
  keep: boolean,
): LinearOutput<T> {
  const { map, lora } = term;
  const plain = device.applyLinear(x, map, groups, lora, lora?.dora ? null : residual);
  return applyDora(device, plain, term, groups, residual, keep);
}

/** hidden, z and activated [R, out]; the first two are null without `keep`. */
export function applyLinearActivated<T>(
  device: Device<T>,
  x: T,
  term: AdaptedTerm<T>,
  kind: Activation,
  groups: Groups,
  keep: boolean,
): { hidden: T | null; z: T | null; activated: T } {
  if (device.fused && !term.lora?.dora)
    return { ...device.fused.applyLinearActivated(x, term, kind, groups, keep), z: null };
  const { y: hidden, z } = applyLinear(device, x, term, groups, null, keep);
  const activated = device.activation(hidden, kind, groups);
  if (keep) return { hidden, z, activated };
  device.free(hidden);
  return { hidden: null, z: null, activated };
}

/**
 * applyLinearActivated of the layer norm of x [R, in], with its statistics [R, 2]. `normed` [R, in] is null where the device forms both as one and nothing else
 * reads it.
 */
export function applyNormedActivated<T>(
  device: Device<T>,
  x: T,
  norm: DeviceNorm<T>,
  term: AdaptedTerm<T>,
  kind: Activation,
  groups: Groups,
  { keep, keepInputs }: { readonly keep: boolean; readonly keepInputs: boolean },
): { normed: T | null; stats: T; hidden: T | null; z: T | null; activated: T } {
  if (device.fused?.applyNormedActivated && !term.lora && !keepInputs) {
    const together = device.fused.applyNormedActivated(x, norm, term.map, kind, groups, keep);
    return { ...together, normed: null, z: null };
  }
  const { y: normed, stats } = device.layerNorm(x, norm.gain, norm.bias, norm.epsilon, groups);
  return { normed, stats, ...applyLinearActivated(device, normed, term, kind, groups, keep) };
}

/** Accumulates the gradients of LoRA and magnitudes of all terms, whose dy and z stay the caller's; dx [R, in] (or dHidden) when wanted, otherwise null. */
export function linearsBackward<T>(
  device: Device<T>,
  terms: readonly AdaptedBackwardTerm<T>[],
  groups: Groups,
  wanted: LinearsBackward<T>,
): T | null {
  const scaled: T[] = [];
  const behindMaps = terms.map((term) => {
    const { dy, z, map, lora } = term;
    if (!lora?.dora) return term;
    if (!z) throw new Error('The forward of a map with DoRA kept nothing for its backward.');
    const dz = device.doraGradient(dy, z, map, groups, lora.dora, wanted.gradients);
    scaled.push(dz);
    return { ...term, dy: dz };
  });
  const dx = device.fused
    ? device.fused.linearsBackward(behindMaps, groups, wanted)
    : composedBackward(device, behindMaps, groups, wanted);
  device.free(...scaled);
  return dx;
}

/** FusedOperations.linearsBackward of single operations. */
function composedBackward<T>(
  device: Device<T>,
  terms: readonly AdaptedBackwardTerm<T>[],
  groups: Groups,
  { x, gradients, input }: LinearsBackward<T>,
): T | null {
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
