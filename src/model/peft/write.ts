/** One flat vector and its layout → the two files of a PEFT LoRA or DoRA adapter. */
import type { AdapterLayout, LoraPair, Projection, TowerName } from '../../core/adapter-layout.ts';
import { writeSafetensors, type OutputTensor } from '../write-safetensors.ts';
import { layerScaleOf, type AdapterBase } from './base.ts';
import { FAMILY_NAMES, FUSED, type Naming } from './family-names.ts';
import { modulePath, parseModulePath } from './names.ts';
import { PEFT_CHECKS } from './words.ts';

export interface FlatAdapter {
  readonly layout: AdapterLayout;
  /** ΔW = scale · B · A */
  readonly scale: number;
  /** [layout.size] */
  readonly values: Float32Array;
}

/** How a scale is written: α/r, or α/√r with rsLoRA. */
export interface LoraScaling {
  readonly alpha: number;
  readonly rsLora: boolean;
}

export interface PeftOptions {
  readonly base: AdapterBase;
  /** Repository or folder of the backbone, as from_pretrained takes it; null when it has none. */
  readonly baseModel: string | null;
  readonly revision: string | null;
  readonly naming: Naming;
  /** α and kind of scaling the adapter was trained with; null: the simplest that gives its scale. */
  readonly scaling: LoraScaling | null;
}

export interface PeftFiles {
  /** adapter_config.json */
  readonly config: string;
  /** adapter_model.safetensors */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** The factors of one module of the model. */
export interface ModuleFactors {
  readonly path: string;
  readonly rank: number;
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** [rank, in] */
  readonly a: Float32Array;
  /** [out, rank] */
  readonly b: Float32Array;
  /** DoRA: magnitudes less the norms of the rows of the file's W, [out]; null without magnitudes. */
  readonly changes: Float64Array | null;
}

type PairFactors = Pick<ModuleFactors, 'a' | 'b' | 'changes'>;

/** Factors of a pair as a file holds them: without the layer scale that is folded into the backbone. */
function factorsOf({ layout, values }: FlatAdapter, pair: LoraPair, base: AdapterBase): PairFactors {
  const { tower, layer, projection, aOffset, bOffset, inFeatures, outFeatures, magnitudeOffset } = pair;
  const { rank } = layout;
  const a = values.slice(aOffset, aOffset + rank * inFeatures);
  const b = values.slice(bOffset, bOffset + outFeatures * rank);
  const changes =
    magnitudeOffset === null
      ? null
      : Float64Array.from(values.subarray(magnitudeOffset, magnitudeOffset + outFeatures));
  const scale = layerScaleOf(base, tower, layer, projection);
  if (scale) {
    const unscaled = (value: number, s: number): number => {
      if (s === 0 && value !== 0) throw new RangeError(PEFT_CHECKS.zeroScale(layer, projection));
      return s === 0 ? 0 : value / s;
    };
    b.forEach((value, i) => (b[i] = unscaled(value, scale[Math.floor(i / rank)])));
    changes?.forEach((value, o) => (changes[o] = unscaled(value, Math.abs(scale[o]))));
  }
  return { a, b, changes };
}

/** q, k and v of one layer as one map of three times the rows, exactly: A stacked, B block by block; unadapted maps do not change. */
function fuse(path: string, parts: readonly ({ pair: LoraPair } & PairFactors)[], rank: number): ModuleFactors {
  const [{ pair: first }] = parts;
  const { inFeatures, outFeatures } = first;
  const total = parts.length * rank;
  const a = new Float32Array(total * inFeatures);
  const b = new Float32Array(3 * outFeatures * total);
  const changes = parts[0].changes && new Float64Array(3 * outFeatures);
  parts.forEach((part, k) => {
    a.set(part.a, k * rank * inFeatures);
    const block = (['q', 'k', 'v'] as Projection[]).indexOf(part.pair.projection);
    if (part.changes) changes?.set(part.changes, block * outFeatures);
    for (let o = 0; o < outFeatures; o++)
      b.set(part.b.subarray(o * rank, (o + 1) * rank), (block * outFeatures + o) * total + k * rank);
  });
  return { path, rank: total, inFeatures, outFeatures: 3 * outFeatures, a, b, changes };
}

/** The factors by module of the model, in storage order. */
export function moduleFactors(adapter: FlatAdapter, base: AdapterBase, naming: Naming): ModuleFactors[] {
  const { rank, pairs } = adapter.layout;
  const byPath = new Map<string, ({ pair: LoraPair } & PairFactors)[]>();
  for (const pair of pairs) {
    const path = modulePath(base.family, naming, pair);
    byPath.set(path, [...(byPath.get(path) ?? []), { pair, ...factorsOf(adapter, pair, base) }]);
  }
  return [...byPath].map(([path, parts]) => {
    if (path.endsWith(FUSED)) return fuse(path, parts, rank);
    const [{ pair, a, b, changes }] = parts;
    return { path, rank, inFeatures: pair.inFeatures, outFeatures: pair.outFeatures, a, b, changes };
  });
}

/** Magnitudes of a module as a file holds them, [out]: norms of the rows of its W, without layer scale, and their changes. */
function magnitudesOf(path: string, changes: Float64Array, base: AdapterBase): Float32Array {
  const { tower, layer, projections } = parseModulePath(path, 'vision')!;
  const norms = projections.flatMap((projection) => {
    const folded = base.rowNorms?.[tower]?.[layer][projection];
    if (!folded)
      throw new RangeError(`The DoRA adapter cannot be written: the norms of the rows of “${path}” are not known.`);
    const scale = layerScaleOf(base, tower, layer, projection);
    // Behind a layer scale of 0 no magnitude has an effect, and none is known.
    return Array.from(folded, (norm, o) => (scale ? (scale[o] === 0 ? 0 : norm / Math.abs(scale[o])) : norm));
  });
  return Float32Array.from(norms, (norm, o) => norm + changes[o]);
}

/** Classifier as the model's class holds it: [classes, width] and [classes]; null without a head. */
export function headTensors(
  { layout, values }: FlatAdapter,
  base: AdapterBase,
): { weight: OutputTensor; bias: OutputTensor } | null {
  const { head } = layout;
  if (!head) return null;
  const { classes, features, weightOffset, biasOffset } = head;
  const width = FAMILY_NAMES[base.family].classifierWidth(features);
  const weight = new Float32Array(classes * width);
  for (let c = 0; c < classes; c++)
    weight.set(values.subarray(weightOffset + c * features, weightOffset + (c + 1) * features), c * width);
  return {
    weight: { shape: [classes, width], data: weight },
    bias: { shape: [classes], data: values.slice(biasOffset, biasOffset + classes) },
  };
}

const escapeDots = (text: string): string => text.replaceAll('.', '\\.');
const oneOf = (options: readonly string[]): string => (options.length === 1 ? options[0] : `(${options.join('|')})`);

/** A pattern for exactly the adapted modules: by tower, and by the projections that a layer adapts. */
function targetPattern(layout: AdapterLayout, base: AdapterBase, naming: Naming): string {
  const { layers: layersPath, maps } = FAMILY_NAMES[base.family];
  const groups = new Map<string, { tower: TowerName; names: string[]; layers: number[] }>();
  layout.players.forEach(({ tower, layer }, player) => {
    const adapted = layout.pairs.filter((_, pair) => layout.playerOfPair[pair] === player);
    const names = [...new Set(adapted.map(({ projection }) => maps(naming)[projection]))];
    const key = `${tower} ${names.join(' ')}`;
    const group = groups.get(key) ?? { tower, names, layers: [] };
    group.layers.push(layer);
    groups.set(key, group);
  });
  const parts = [...groups.values()].map(({ tower, names, layers }) => {
    const all = layers.length === base.shapes[tower]?.layers;
    const numbers = all ? '\\d+' : oneOf(layers.map(String));
    return `${escapeDots(layersPath(tower, naming))}\\.${numbers}\\.${oneOf(names.map(escapeDots))}`;
  });
  return parts.join('|');
}

/** The ranks of fused maps, which depend on how many of q, k and v a layer adapts, each with a pattern of the maps that have it. */
function fusedRanks(modules: readonly ModuleFactors[]): (readonly [string, number])[] {
  const fused = modules.filter(({ path }) => path.endsWith(FUSED));
  return [...new Set(fused.map(({ rank }) => rank))].map((rank) => {
    const paths = fused.filter((module) => module.rank === rank).map(({ path }) => path);
    const layers = oneOf(paths.map((path) => String(parseModulePath(path, 'vision')!.layer)));
    const place = paths.length === fused.length ? '' : `${layers}\\.`;
    return [`${place}${escapeDots(FUSED)}`, rank];
  });
}

/** α/r, or α/√r. */
export const scaleOf = ({ alpha, rsLora }: LoraScaling, rank: number): number =>
  alpha / (rsLora ? Math.sqrt(rank) : rank);

/** α and kind of scaling that give exactly this scale, whole numbers first; null when rounding leaves none. */
function findScaling(scale: number, rank: number): LoraScaling | null {
  const candidates = [false, true].flatMap((rsLora) => {
    const alpha = scale * (rsLora ? Math.sqrt(rank) : rank);
    return [Math.round(alpha), alpha].map((value) => ({ alpha: value, rsLora }));
  });
  return (
    candidates.filter(({ alpha }) => Number.isInteger(alpha)).find((c) => scaleOf(c, rank) === scale) ??
    candidates.find((c) => scaleOf(c, rank) === scale) ??
    null
  );
}

/** An adapter with its scale folded into B, which is then 1. */
function folded({ layout, scale, values }: FlatAdapter): FlatAdapter {
  const out = values.slice();
  for (const { bOffset, outFeatures } of layout.pairs)
    for (let i = bOffset; i < bOffset + outFeatures * layout.rank; i++) out[i] *= scale;
  return { layout, scale: 1, values: out };
}

/**
 * The files PEFT's from_pretrained reads. Fused maps (timm) hold three times the rank, exactly.
 * @throws RangeError when a layer scale of 0 makes a factor impossible to write, or the norms that DoRA's magnitudes need are not known.
 */
export function writePeft(adapter: FlatAdapter, options: PeftOptions): PeftFiles {
  const { base, naming } = options;
  const { rank } = adapter.layout;
  const found = options.scaling ?? findScaling(adapter.scale, rank);
  const source = found ? adapter : folded(adapter);
  const { alpha, rsLora } = found ?? { alpha: rank, rsLora: false };
  const modules = moduleFactors(source, base, naming);
  const tensors: Record<string, OutputTensor> = {};
  for (const { path, rank: r, inFeatures, outFeatures, a, b, changes } of modules) {
    tensors[`base_model.model.${path}.lora_A.weight`] = { shape: [r, inFeatures], data: a };
    tensors[`base_model.model.${path}.lora_B.weight`] = { shape: [outFeatures, r], data: b };
    // PEFT keeps the name from when it was a parameter: without ".weight".
    if (changes)
      tensors[`base_model.model.${path}.lora_magnitude_vector`] = {
        shape: [outFeatures],
        data: magnitudesOf(path, changes, base),
      };
  }
  const head = headTensors(source, base);
  if (head)
    for (const part of ['weight', 'bias'] as const)
      tensors[`base_model.model.${FAMILY_NAMES[base.family].classifier}.${part}`] = head[part];

  const ranks = fusedRanks(modules).filter(([, own]) => own !== rank);
  // A rank of its own has an α that keeps the scale.
  const alphaOf = (own: number): number =>
    (alpha * (rsLora ? Math.sqrt(own) : own)) / (rsLora ? Math.sqrt(rank) : rank);
  // Keys that PEFT got later stand here only where they say something: versions that lack one refuse the file.
  const config = {
    ...(ranks.length > 0 && {
      alpha_pattern: Object.fromEntries(ranks.map(([pattern, own]) => [pattern, alphaOf(own)])),
      rank_pattern: Object.fromEntries(ranks),
    }),
    auto_mapping: FAMILY_NAMES[base.family].modelClass,
    base_model_name_or_path: options.baseModel,
    bias: 'none',
    fan_in_fan_out: false,
    inference_mode: true,
    init_lora_weights: true,
    layers_pattern: null,
    layers_to_transform: null,
    lora_alpha: alpha,
    lora_dropout: 0,
    modules_to_save: head ? [FAMILY_NAMES[base.family].classifier] : null,
    peft_type: 'LORA',
    r: rank,
    revision: options.revision,
    target_modules: targetPattern(adapter.layout, base, naming),
    task_type: null,
    ...(adapter.layout.dora && { use_dora: true }),
    ...(rsLora && { use_rslora: true }),
  };
  return { config: `${JSON.stringify(config, null, 2)}\n`, weights: writeSafetensors(tensors, { format: 'pt' }) };
}
