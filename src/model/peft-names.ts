/** Names of LoRA factors in a PEFT adapter of a Hugging Face CLIPModel (PEFT: base_model.model. + module path + lora_A / lora_B). */
import type { AdapterLayout, LoraPair, Projection } from '../core/adapter-layout.ts';
import type { SafetensorsFile } from './safetensors.ts';

const CLIP_MODULE: Record<Projection, string> = {
  q: 'self_attn.q_proj',
  k: 'self_attn.k_proj',
  v: 'self_attn.v_proj',
  o: 'self_attn.out_proj',
  fc1: 'mlp.fc1',
  fc2: 'mlp.fc2',
};

export function clipFactorNames({ tower, layer, projection }: LoraPair): { a: string; b: string } {
  const module = `base_model.model.${tower}_model.encoder.layers.${layer}.${CLIP_MODULE[projection]}`;
  return { a: `${module}.lora_A.weight`, b: `${module}.lora_B.weight` };
}

/** Reads the factors of a layout into one flat vector. @throws SafetensorsError when a factor is missing. */
export function readClipFactors(file: SafetensorsFile, layout: AdapterLayout): Float32Array {
  const flat = new Float32Array(layout.size);
  for (const pair of layout.pairs) {
    const { a, b } = clipFactorNames(pair);
    flat.set(file.float32(a), pair.aOffset);
    flat.set(file.float32(b), pair.bOffset);
  }
  return flat;
}
