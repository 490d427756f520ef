/** A small adapter base, what is written with it, and files as others write them, for tests. */
import { createAdapterLayout, PROJECTIONS, type AdapterLayout } from '../../core/adapter-layout.ts';
import { parseSafetensors } from '../safetensors.ts';
import { writeSafetensors, type OutputTensor } from '../write-safetensors.ts';
import { hasPrompts, type AdapterBase } from './base.ts';
import { parsePeftConfig } from './config.ts';
import type { Naming } from './family-names.ts';
import { readPeft } from './read.ts';
import { writePeft, type FlatAdapter, type PeftOptions } from './write.ts';

export const SHAPE = { layers: 3, width: 6, mlpWidth: 10 };

export const baseOf = (family: AdapterBase['family']): AdapterBase => ({
  family,
  shapes: family === 'clip' ? { vision: SHAPE, text: { ...SHAPE, layers: 2, width: 4 } } : { vision: SHAPE },
  layerScales: null,
  rowNorms: null,
});

export const layoutFor = (base: AdapterBase, rank = 2): AdapterLayout =>
  createAdapterLayout(
    base.shapes,
    { rank, towers: ['vision', 'text'], projections: PROJECTIONS },
    hasPrompts(base) ? null : { classes: 4, features: SHAPE.width },
  );

export const optionsOf = (
  base: AdapterBase,
  naming: Naming = 'v5',
  changes: Partial<PeftOptions> = {},
): PeftOptions => ({
  base,
  baseModel: 'someone/model',
  revision: null,
  naming,
  scaling: null,
  ...changes,
});

export const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;

export function write(adapter: FlatAdapter, options: PeftOptions) {
  const { config, weights } = writePeft(adapter, options);
  return { json: JSON.parse(config) as Record<string, unknown>, config, weights, file: parseSafetensors(weights) };
}

export function roundTrip(adapter: FlatAdapter, options: PeftOptions) {
  const { config, file } = write(adapter, options);
  return readPeft(parsePeftConfig(bytesOf(config)), file, options.base);
}

/** An adapter as it comes from elsewhere. */
export function foreign(config: Record<string, unknown>, tensors: Record<string, OutputTensor>, base = baseOf('clip')) {
  const json = JSON.stringify({ peft_type: 'LORA', r: 2, lora_alpha: 4, ...config });
  return readPeft(parsePeftConfig(bytesOf(json)), parseSafetensors(writeSafetensors(tensors)), base);
}

export const filled = (shape: readonly number[], start = 1): OutputTensor => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((n, m) => n * m, 1) }, (_, i) => start + i),
});

export const factors = (module: string, rank = 2, inFeatures = 6, outFeatures = 6): Record<string, OutputTensor> => ({
  [`base_model.model.${module}.lora_A.weight`]: filled([rank, inFeatures]),
  [`base_model.model.${module}.lora_B.weight`]: filled([outFeatures, rank], 50),
});

/** The q of a layer of the vision tower. */
export const Q = (layer: number) => `vision_model.encoder.layers.${layer}.self_attn.q_proj`;
