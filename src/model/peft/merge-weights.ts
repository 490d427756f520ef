/**
 * A checkpoint with an adapter merged into it: W + scale·B·A for updated weights, or diag(m / n)(W + scale·B·A) with DoRA. Every other
 * tensor is unchanged, byte for byte.
 */
import { setLength } from '../../copra/dora.ts';
import type { Projection, TowerName } from '../../core/adapter-layout.ts';
import { norm } from '../../core/flat.ts';
import { decodeFloat16, encodeFloat16 } from '../float16.ts';
import { DTYPE_BYTES, PREFIX_BYTES, type Dtype, type SafetensorsFile, type TensorInfo } from '../safetensors.ts';
import { ModelConfigError } from '../validate-json.ts';
import type { AdapterBase } from './base.ts';
import { FAMILY_NAMES } from './family-names.ts';
import { parseModulePath } from './names.ts';
import { headTensors, moduleFactors, type FlatAdapter, type ModuleFactors } from './write.ts';
import { PEFT_CHECKS } from './words.ts';

/** Round to nearest even: the upper half of the float32. */
function encodeBfloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, (b) => (b + 0x7fff + ((b >>> 16) & 1)) >>> 16);
}

function decode(bytes: Uint8Array<ArrayBuffer>, dtype: Dtype): Float32Array {
  if (dtype === 'F16') return decodeFloat16(new Uint16Array(bytes.buffer));
  if (dtype === 'F32') return new Float32Array(bytes.buffer);
  const wide = Uint32Array.from(new Uint16Array(bytes.buffer), (bits) => bits << 16);
  return new Float32Array(wide.buffer);
}

function encode(values: Float32Array, dtype: Dtype): Uint8Array<ArrayBuffer> {
  const stored = dtype === 'F32' ? values : dtype === 'F16' ? encodeFloat16(values) : encodeBfloat16(values);
  return new Uint8Array(stored.buffer as ArrayBuffer, stored.byteOffset, stored.byteLength);
}

/** W += scale · B · A in place, for DoRA with rows of norm ‖W‖ + change; W is [out, in]. */
function addUpdate(
  weight: Float32Array,
  { a, b, rank, inFeatures, outFeatures, changes }: ModuleFactors,
  scale: number,
): void {
  const row = new Float64Array(inFeatures);
  for (let o = 0; o < outFeatures; o++) {
    row.fill(0);
    for (let k = 0; k < rank; k++) {
      const factor = b[o * rank + k];
      for (let i = 0; i < inFeatures; i++) row[i] += factor * a[k * inFeatures + i];
    }
    const frozen = weight.subarray(o * inFeatures, (o + 1) * inFeatures);
    for (let i = 0; i < inFeatures; i++) row[i] = frozen[i] + scale * row[i];
    if (changes) setLength(row, norm(frozen) + changes[o]);
    frozen.set(row);
  }
}

interface OutputEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly bytes: () => Uint8Array<ArrayBuffer>;
  readonly size: number;
}

const moduleKey = (tower: TowerName, layer: number, projections: readonly Projection[]): string =>
  `${tower} ${layer} ${projections.join()}`;

/** The two classifiers of a distilled DeiT. */
const TEACHER_HEAD = /^(cls|distillation)_classifier\./;

/** Tensor names of the model with a classifier, if the checkpoint is the bare backbone. */
function classifierNames(base: AdapterBase, names: readonly string[]): (name: string) => string {
  const { barePrefix: prefix } = FAMILY_NAMES[base.family];
  if (prefix === undefined || names.some((name) => name.startsWith(prefix))) return (name) => name;
  return (name) => prefix + name;
}

/**
 * One safetensors file in parts, to be written one after the other: the header, then each tensor, created on demand so that at most one is
 * in memory. Weights keep their dtype.
 * @param source the original weights, of one file or of several
 * @throws ModelConfigError when the checkpoint lacks an adapted tensor; SafetensorsError, then or later, when it is damaged.
 */
export function mergedWeights(
  source: SafetensorsFile,
  adapter: FlatAdapter,
  base: AdapterBase,
): Iterable<Uint8Array<ArrayBuffer>> {
  const { tensors, metadata } = source;
  const wanted = new Map<string, ModuleFactors>();
  for (const factors of moduleFactors(adapter, base, 'v4')) {
    const module = parseModulePath(factors.path, 'vision')!;
    wanted.set(moduleKey(module.tower, module.layer, module.projections), factors);
  }
  const merged = new Set<string>();
  const entryOf = (name: string, info: TensorInfo): OutputEntry => {
    const { dtype, shape, begin, end } = info;
    const entry = { name, dtype, shape, size: end - begin, bytes: () => source.raw(name) };
    const module = name.endsWith('.weight') ? parseModulePath(name.slice(0, -'.weight'.length), 'vision') : null;
    const key = module && moduleKey(module.tower, module.layer, module.projections);
    const factors = key && wanted.get(key);
    if (!key || !factors) return entry;
    if (shape.length !== 2 || shape[0] !== factors.outFeatures || shape[1] !== factors.inFeatures)
      throw new ModelConfigError(PEFT_CHECKS.otherUpdate(name, shape, [factors.outFeatures, factors.inFeatures]));
    merged.add(key);
    return {
      ...entry,
      bytes: () => {
        const weight = decode(source.raw(name), dtype);
        addUpdate(weight, factors, adapter.scale);
        return encode(weight, dtype);
      },
    };
  };
  const head = headTensors(adapter, base);
  const headName = FAMILY_NAMES[base.family].classifier;
  const renamed = head ? classifierNames(base, [...tensors.keys()]) : (name: string) => name;
  const isOldHead = (name: string) => head !== null && (name.startsWith(`${headName}.`) || TEACHER_HEAD.test(name));
  const entries = [...tensors]
    .filter(([name]) => !isOldHead(name))
    .map(([name, info]) => ({ ...entryOf(name, info), name: renamed(name) }));
  const missing = [...wanted].find(([key]) => !merged.has(key));
  if (missing) throw new ModelConfigError(PEFT_CHECKS.noWeights(missing[1].path));
  if (head)
    for (const part of ['weight', 'bias'] as const) {
      const data = head[part].data as Float32Array;
      entries.push({
        name: `${headName}.${part}`,
        dtype: 'F32',
        shape: head[part].shape,
        size: data.byteLength,
        bytes: () => encode(data, 'F32'),
      });
    }
  // Wide dtypes first, so that every tensor is aligned whatever was added.
  entries.sort((a, b) => DTYPE_BYTES[b.dtype] - DTYPE_BYTES[a.dtype]);
  return parts(headerOf(entries, metadata), entries);
}

function* parts(header: Uint8Array<ArrayBuffer>, entries: readonly OutputEntry[]) {
  yield header;
  for (const { bytes } of entries) yield bytes();
}

function headerOf(entries: readonly OutputEntry[], metadata: ReadonlyMap<string, string>): Uint8Array<ArrayBuffer> {
  let position = 0;
  const header: [string, unknown][] = entries.map(({ name, dtype, shape, size }) => {
    const begin = position;
    position += size;
    return [name, { dtype, shape, data_offsets: [begin, position] }];
  });
  header.unshift(['__metadata__', Object.fromEntries([...metadata, ['format', metadata.get('format') ?? 'pt']])]);
  const json = `{${header.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
  const text = new TextEncoder().encode(json);
  const out = new Uint8Array(PREFIX_BYTES + Math.ceil(text.length / 8) * 8).fill(0x20);
  new DataView(out.buffer).setBigUint64(0, BigInt(out.length - PREFIX_BYTES), true);
  out.set(text, PREFIX_BYTES);
  return out;
}

/**
 * config.json of the merged checkpoint: the original's, plus the classes if the checkpoint now has its own classifier.
 * @param classes where they are not those of the classifier, it gets none, or names that say so
 */
export function mergedConfig(
  config: unknown,
  adapter: FlatAdapter,
  base: AdapterBase,
  classes: readonly string[],
): string {
  const json = config as Record<string, unknown>;
  const { head } = adapter.layout;
  if (!head) return `${JSON.stringify(json, null, 2)}\n`;
  const { barePrefix, modelClass } = FAMILY_NAMES[base.family];
  const isNamed = classes.length === head.classes;
  // What transformers writes where nobody names them.
  const names = isNamed ? classes : Array.from({ length: head.classes }, (_, i) => `LABEL_${i}`);
  const { model_args: args } = json as { model_args?: object | null };
  const changes =
    base.family === 'timm'
      ? {
          num_classes: head.classes,
          label_names: isNamed ? classes : undefined,
          label_descriptions: undefined,
          // In these, timm would take it before the other, and leave the classifier out.
          model_args: args && { ...args, num_classes: undefined },
        }
      : {
          ...(barePrefix && { architectures: [modelClass.base_model_class] }),
          id2label: Object.fromEntries(names.map((name, i) => [i, name])),
          label2id: Object.fromEntries(names.map((name, i) => [name, i])),
        };
  return `${JSON.stringify({ ...json, ...changes }, null, 2)}\n`;
}
