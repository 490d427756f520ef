/** Named access to the tensors of a checkpoint that checks presence, shape and finiteness. */
import type { LayerNormWeights, LinearWeights } from './backbone.ts';
import type { SafetensorsFile } from './safetensors.ts';
import { FILE_CHECKS } from './words.ts';

/** A checkpoint whose tensors do not fit its config, or are not usable. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

export interface WeightReader {
  has(name: string): boolean;
  /** A float tensor of exactly this shape. @throws CheckpointError when missing, of another shape, or not finite. */
  tensor(name: string, shape: readonly number[]): Float32Array;
  /**
   * `name.weight` [out, in] and `name.bias` [out]; `names` are alternatives of different library versions, of which the
   * first that exists is read. @throws CheckpointError as tensor() does.
   */
  linear(names: string | readonly string[], outFeatures: number, inFeatures: number, bias: boolean): LinearWeights;
  norm(name: string, width: number): LayerNormWeights;
}

function checkFinite(name: string, values: Float32Array): void {
  // x − x is 0 for every finite number; one pass without a call per value, of which a checkpoint has hundreds of millions.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] - values[i];
  if (sum === 0) return;
  const bad = values.findIndex((value) => !Number.isFinite(value));
  throw new CheckpointError(FILE_CHECKS.notFinite(name, values[bad], bad));
}

const NAMES_SHOWN = 3;

/** Parts at the end that two names share: "vit.norm.bias" and "norm.bias" share two. */
function commonEnd(a: string, b: string): number {
  const [x, y] = [a.split('.').reverse(), b.split('.').reverse()];
  const differs = x.findIndex((part, i) => part !== y[i]);
  return differs < 0 ? x.length : differs;
}

/** Names of the checkpoint's tensors, the ones with the most similar ending first. */
function namesFound(wanted: string, names: readonly string[]): string {
  if (names.length === 0) return FILE_CHECKS.noTensors;
  const closest = names.toSorted((a, b) => commonEnd(wanted, b) - commonEnd(wanted, a)).slice(0, NAMES_SHOWN);
  return FILE_CHECKS.tensorsFound(
    closest.map((name) => name.slice(0, 100)),
    names.length - closest.length,
  );
}

/**
 * @param prefix put before every name, e.g. "vit.". @param rename from our name to the file's, without the prefix.
 */
export function createWeightReader(
  file: SafetensorsFile,
  prefix: string,
  rename: (name: string) => string = (name) => name,
): WeightReader {
  const has = (name: string) => file.tensors.has(prefix + rename(name));
  const tensor = (name: string, shape: readonly number[]): Float32Array => {
    const full = prefix + rename(name);
    const info = file.tensors.get(full);
    if (!info) throw new CheckpointError(FILE_CHECKS.missing(full, namesFound(full, [...file.tensors.keys()])));
    if (info.shape.length !== shape.length || info.shape.some((n, i) => n !== shape[i]))
      throw new CheckpointError(FILE_CHECKS.otherShape(full, info.shape, shape));
    const values = file.float32(full);
    checkFinite(full, values);
    return values;
  };
  const linear: WeightReader['linear'] = (names, outFeatures, inFeatures, bias) => {
    const alternatives = typeof names === 'string' ? [names] : names;
    const name = alternatives.find((candidate) => has(`${candidate}.weight`)) ?? alternatives[0];
    return {
      weight: tensor(`${name}.weight`, [outFeatures, inFeatures]),
      bias: bias ? tensor(`${name}.bias`, [outFeatures]) : null,
      inFeatures,
      outFeatures,
    };
  };
  const norm = (name: string, width: number): LayerNormWeights => ({
    gain: tensor(`${name}.weight`, [width]),
    bias: tensor(`${name}.bias`, [width]),
  });
  return { has, tensor, linear, norm };
}

/** The first of `prefixes` under which the file has a tensor called `probe`; the last one if there is none. */
export function findPrefix(file: SafetensorsFile, probe: string, prefixes: readonly string[]): string {
  return prefixes.find((prefix) => file.tensors.has(prefix + probe)) ?? prefixes[prefixes.length - 1];
}
