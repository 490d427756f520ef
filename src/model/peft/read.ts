/**
 * A PEFT LoRA or DoRA adapter → one flat vector and its layout. Adapters trained elsewhere may adapt any subset of the projections, at ranks and
 * scales of their own: smaller ranks are padded with zeros, and scales that differ are folded into B.
 */
import {
  layoutOfPairs,
  pairShape,
  type AdapterLayout,
  type Projection,
  type TowerName,
} from '../../core/adapter-layout.ts';
import type { SafetensorsFile } from '../safetensors.ts';
import { unsoundScale, unsoundValue } from '../sound-values.ts';
import { ModelConfigError } from '../validate-json.ts';
import { hasPrompts, layerScaleOf, type AdapterBase } from './base.ts';
import type { PeftConfig } from './config.ts';
import { FAMILY_NAMES } from './family-names.ts';
import { parseModulePath } from './names.ts';
import { patternValue, targetMatcher } from './targets.ts';
import { PEFT_CHECKS } from './words.ts';

export interface PeftAdapter {
  readonly layout: AdapterLayout;
  /** ΔW = scale · B · A */
  readonly scale: number;
  /** [layout.size] */
  readonly values: Float32Array<ArrayBuffer>;
  /** Warnings for people about parts that were skipped or do not fit. */
  readonly warnings: readonly string[];
}

/** Factors of one projection as they come from the file. */
interface SourcePair {
  readonly tower: TowerName;
  readonly layer: number;
  readonly projection: Projection;
  readonly rank: number;
  readonly scale: number;
  /** [rank, in] */
  readonly a: Float32Array;
  /** [out, rank] */
  readonly b: Float32Array;
  /** DoRA: changes of the magnitudes, [out]; null without. */
  readonly changes: Float32Array | null;
}

const fail = (message: string): never => {
  throw new ModelConfigError(PEFT_CHECKS.doesNotFit(message));
};

const FACTOR = /^(?:base_model\.model\.)?(.+)\.lora_([AB])(?:\.[^.]+)?\.weight$/;
// Without ".weight" as PEFT writes it, or as its modules call it.
const MAGNITUDES = /^(?:base_model\.model\.)?(.+)\.lora_magnitude_vector(?:\.[^.]+)?(?:\.weight)?$/;
const HEAD = /^(?:base_model\.model\.)?(?:.*\.)?(classifier|head)(?:\.modules_to_save)?(?:\.default)?\.(weight|bias)$/;

/** Tensor names of a module's factors. */
interface ModuleNames {
  A?: string;
  B?: string;
  magnitudes?: string;
}

interface SortedTensors {
  /** By module path. */
  readonly modules: ReadonlyMap<string, Readonly<ModuleNames>>;
  readonly head: { readonly weight?: string; readonly bias?: string };
}

/** @throws ModelConfigError for a tensor that is neither a factor nor part of a classifier. */
function sortTensors(file: SafetensorsFile, head: string): SortedTensors {
  const modules = new Map<string, ModuleNames>();
  const namesOf = (path: string): ModuleNames => {
    const names = modules.get(path) ?? {};
    modules.set(path, names);
    return names;
  };
  const classifier: { weight?: string; bias?: string } = {};
  for (const name of file.tensors.keys()) {
    const factor = FACTOR.exec(name);
    const magnitudes = MAGNITUDES.exec(name);
    const part = HEAD.exec(name);
    if (factor) namesOf(factor[1])[factor[2] as 'A' | 'B'] = name;
    else if (magnitudes) namesOf(magnitudes[1]).magnitudes = name;
    else if (part?.[1] === head) classifier[part[2] as 'weight' | 'bias'] = name;
    else fail(PEFT_CHECKS.stranger(name));
  }
  return { modules, head: classifier };
}

function checkShape(file: SafetensorsFile, name: string, expected: readonly number[]): void {
  const { shape } = file.tensors.get(name)!;
  if (shape.length !== expected.length || shape.some((n, i) => n !== expected[i]))
    fail(PEFT_CHECKS.otherShape(name, shape, expected));
}

function soundValues(file: SafetensorsFile, name: string): Float32Array {
  const values = file.float32(name);
  const problem = unsoundValue(name, values);
  return problem ? fail(problem) : values;
}

/** Removes rank components whose B is zero. They contribute nothing, and a fused map split in three has many of them. */
function withoutZeroComponents(
  a: Float32Array,
  b: Float32Array,
  rank: number,
): { a: Float32Array; b: Float32Array; rank: number } {
  const inFeatures = a.length / rank;
  const outFeatures = b.length / rank;
  const used = Array.from({ length: rank }, (_, k) => k).filter((k) => {
    for (let o = 0; o < outFeatures; o++) if (b[o * rank + k] !== 0) return true;
    return false;
  });
  const kept = used.length > 0 ? used : [0];
  const packedA = new Float32Array(kept.length * inFeatures);
  const packedB = new Float32Array(outFeatures * kept.length);
  kept.forEach((k, i) => {
    packedA.set(a.subarray(k * inFeatures, (k + 1) * inFeatures), i * inFeatures);
    for (let o = 0; o < outFeatures; o++) packedB[o * kept.length + i] = b[o * rank + k];
  });
  return { a: packedA, b: packedB, rank: kept.length };
}

/** Magnitudes of a module's rows, [rows] of float64; null without. @throws ModelConfigError when the file and its configuration differ. */
function readMagnitudes(
  file: SafetensorsFile,
  path: string,
  { magnitudes }: ModuleNames,
  dora: boolean,
  rows: number,
): Float64Array | null {
  if (!dora) return magnitudes ? fail(PEFT_CHECKS.unsaidDora(magnitudes)) : null;
  if (!magnitudes) return fail(PEFT_CHECKS.noMagnitudes(path));
  checkShape(file, magnitudes, [rows]);
  return Float64Array.from(soundValues(file, magnitudes));
}

/** The pairs of one module: one, or three of a fused map, which share A. */
function readModule(
  file: SafetensorsFile,
  path: string,
  names: ModuleNames,
  base: AdapterBase,
  alone: TowerName,
  { rank, scale, dora }: { readonly rank: number; readonly scale: number; readonly dora: boolean },
): SourcePair[] {
  const module = parseModulePath(path, alone);
  if (!module) return fail(PEFT_CHECKS.otherModule(path));
  const { tower, layer, projections } = module;
  const shape = base.shapes[tower];
  if (!shape) return fail(PEFT_CHECKS.noTower(path, tower));
  if (layer >= shape.layers) return fail(PEFT_CHECKS.noLayer(path, layer, tower, shape.layers));
  if (!names.A || !names.B) return fail(PEFT_CHECKS.oneFactor(path));
  const pairs = projections.map((projection) => pairShape(tower, layer, projection, shape));
  const rows = pairs.map(({ outFeatures }) => outFeatures);
  checkShape(file, names.A, [rank, pairs[0].inFeatures]);
  checkShape(file, names.B, [rows.reduce((sum, n) => sum + n, 0), rank]);
  const a = soundValues(file, names.A);
  const b = soundValues(file, names.B);
  const magnitudes = readMagnitudes(
    file,
    path,
    names,
    dora,
    rows.reduce((sum, n) => sum + n, 0),
  );
  let row = 0;
  return projections.map((projection, i) => {
    const part = b.slice(row * rank, (row + rows[i]) * rank);
    const own = magnitudes?.slice(row, row + rows[i]) ?? null;
    row += rows[i];
    const layerScale = layerScaleOf(base, tower, layer, projection);
    if (layerScale) {
      part.forEach((value, j) => (part[j] = value * layerScale[Math.floor(j / rank)]));
      own?.forEach((value, o) => (own[o] = value * Math.abs(layerScale[o])));
    }
    const norms = base.rowNorms?.[tower]?.[layer][projection];
    const changes = own && Float32Array.from(own, (value, o) => value - (norms?.[o] ?? NaN));
    const packed = projections.length > 1 ? withoutZeroComponents(a, part, rank) : { a, b: part, rank };
    return { tower, layer, projection, scale, changes, ...packed };
  });
}

interface Head {
  readonly classes: number;
  readonly features: number;
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/** @param modelClass that the adapter was trained in; '' if it does not say */
function readHead(
  file: SafetensorsFile,
  names: SortedTensors['head'],
  base: AdapterBase,
  modelClass: string,
): Head | null {
  if (!names.weight && !names.bias) return null;
  if (hasPrompts(base)) return fail(PEFT_CHECKS.classifierOfClip);
  if (modelClass === 'CLIPForImageClassification') return fail(PEFT_CHECKS.meanClassifier);
  if (!names.weight || !names.bias) return fail(PEFT_CHECKS.halfClassifier);
  const features = base.shapes.vision!.width;
  const { shape } = file.tensors.get(names.weight)!;
  const classes = shape[0] ?? 0;
  // A classifier on the class token alone is as wide as the tower, whatever the model's own class would use.
  const width = shape[1] === features ? features : FAMILY_NAMES[base.family].classifierWidth(features);
  checkShape(file, names.weight, [classes, width]);
  checkShape(file, names.bias, [classes]);
  const full = soundValues(file, names.weight);
  const weight = new Float32Array(classes * features);
  for (let c = 0; c < classes; c++) {
    weight.set(full.subarray(c * width, c * width + features), c * features);
    if (full.subarray(c * width + features, (c + 1) * width).some((value) => value !== 0))
      fail(PEFT_CHECKS.patchClassifier);
  }
  return { classes, features, weight, bias: soundValues(file, names.bias) };
}

/** @param scale of the layout. Factors of another scale have the ratio folded into B. */
function place(
  layout: AdapterLayout,
  pairs: readonly SourcePair[],
  head: Head | null,
  scale: number,
): Float32Array<ArrayBuffer> {
  const values = new Float32Array(layout.size);
  for (const { tower, layer, projection, aOffset, bOffset, outFeatures, magnitudeOffset } of layout.pairs) {
    const source = pairs.find((p) => p.tower === tower && p.layer === layer && p.projection === projection)!;
    values.set(source.a, aOffset); // rows beyond the source's rank stay zero
    const ratio = source.scale === scale ? 1 : source.scale / scale;
    for (let o = 0; o < outFeatures; o++)
      for (let k = 0; k < source.rank; k++)
        values[bOffset + o * layout.rank + k] = ratio * source.b[o * source.rank + k];
    if (source.changes && magnitudeOffset !== null) values.set(source.changes, magnitudeOffset);
  }
  if (head && layout.head) {
    values.set(head.weight, layout.head.weightOffset);
    values.set(head.bias, layout.head.biasOffset);
  }
  return values;
}

/** Modules of the backbone that the configuration targets but the file lacks. */
function missingTargets(
  isTarget: (path: string) => boolean,
  found: ReadonlySet<string>,
  paths: Iterable<string>,
): string[] {
  return [...paths].filter((path) => isTarget(path) && !found.has(path));
}

/** The paths of all layers for each module path that occurs, i.e. the modules a configuration could target. */
function siblingPaths(paths: readonly string[], layers: number): Set<string> {
  const siblings = new Set<string>();
  for (const path of paths)
    for (let layer = 0; layer < layers; layer++)
      siblings.add(path.replace(/((?:layers?|blocks)\.)\d+(\.)/, `$1${layer}$2`));
  return siblings;
}

/**
 * @throws ModelConfigError or SafetensorsError when the adapter does not fit the backbone or computes something else than ΔW = s·B·A.
 */
export function readPeft(config: PeftConfig, file: SafetensorsFile, base: AdapterBase): PeftAdapter {
  const { modules, head: headNames } = sortTensors(file, FAMILY_NAMES[base.family].classifier);
  const isTarget = targetMatcher(config);
  const rankOf = patternValue(config.rank_pattern, config.r);
  const alphaOf = patternValue(config.alpha_pattern, config.lora_alpha);
  const modelClass = config.auto_mapping?.base_model_class ?? '';
  const alone: TowerName = /Text/.test(modelClass) ? 'text' : 'vision';
  const warnings: string[] = [];
  const targeted = [...modules].filter(([path]) => isTarget(path));
  const ignored = [...modules.keys()].filter((path) => !isTarget(path));
  if (ignored.length > 0) warnings.push(PEFT_CHECKS.leftOut(ignored));
  if (targeted.length === 0) fail(modules.size > 0 ? PEFT_CHECKS.noTarget : PEFT_CHECKS.noFactors);
  const depth = Math.max(...Object.values(base.shapes).map(({ layers }) => layers));
  const paths = targeted.map(([path]) => path);
  const missing = missingTargets(isTarget, new Set(paths), siblingPaths(paths, depth)).filter((path) => {
    const module = parseModulePath(path, alone);
    return module !== null && module.layer < (base.shapes[module.tower]?.layers ?? 0);
  });
  if (missing.length > 0) warnings.push(PEFT_CHECKS.withoutEffect(missing));
  const pairs = targeted.flatMap(([path, names]) => {
    const rank = rankOf(path);
    const scale = alphaOf(path) / (config.use_rslora ? Math.sqrt(rank) : rank);
    if (!Number.isInteger(rank) || rank < 1) fail(PEFT_CHECKS.otherRank(path, rank));
    const unsound = unsoundScale(scale);
    if (unsound) fail(PEFT_CHECKS.unsoundScaleOf(path, unsound));
    return readModule(file, path, names, base, alone, { rank, scale, dora: config.use_dora });
  });
  const keys = pairs.map(({ tower, layer, projection }) => `${tower} layer ${layer} ${projection}`);
  const twice = pairs.find((_, i) => keys.indexOf(keys[i]) !== i);
  if (twice) fail(PEFT_CHECKS.twice(twice.tower, twice.layer, twice.projection));
  const head = readHead(file, headNames, base, modelClass);
  // PEFT names the class only where no task was named.
  if (head && base.family === 'clip-vision' && modelClass === '') warnings.push(PEFT_CHECKS.unsaidClassifier);
  const [{ scale: first }] = pairs;
  // A common scale is kept, so that a round trip preserves every bit; different scales are folded into B.
  const scale = pairs.every((pair) => pair.scale === first) ? first : 1;
  const rank = Math.max(...pairs.map((pair) => pair.rank));
  const shapes = pairs.map(({ tower, layer, projection }) => pairShape(tower, layer, projection, base.shapes[tower]!));
  const layout = layoutOfPairs(
    shapes,
    rank,
    head && { classes: head.classes, features: head.features },
    config.use_dora,
  );
  return { layout, scale, values: place(layout, pairs, head, scale), warnings };
}
