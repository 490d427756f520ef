/** Proves forms of kernels on the adapter of the page that this runs in, by the code that proves them on a reader's card. */
import { requestGpu, type RequestedDevice } from '../../../src/engine/devices/webgpu/request-device.ts';
import { Runtime } from '../../../src/engine/devices/webgpu/runtime.ts';
import { GpuBench, stepIn } from '../../../src/engine/devices/webgpu/tuning/gpu-bench.ts';
import { PRODUCTS } from '../../../src/engine/devices/webgpu/tuning/product-forms.ts';
import { createWebgpuDevice, type WebgpuDevice } from '../../../src/engine/devices/webgpu/webgpu-device.ts';

/** By family, what is in the names of the kinds of forms. The usual ones are staged products, rows of attention and eight threads of LoRA. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  product: ['direct', 'in 4 parts', 'k over 2 workgroups'],
  'product, f16': ['k over 2 workgroups'],
  'layer norm and product': ['normalises'],
  'layer norm': ['128 threads'],
  activation: ['64 threads'],
  gather: ['64 threads of 4'],
  AdamW: ['64 threads, 4 at a time'],
  attention: ['staged', 'packed', 'shared', 'blocks'],
  'LoRA projection': ['16 lanes'],
  'LoRA gradient': ['16 parts', 'over 2 workgroups'],
};
/** Milliseconds: an emulated adapter compiles while others compute. */
const PATIENCE = 120_000;

export interface ProvenForms {
  readonly adapter: string;
  /** Family and kind. */
  readonly proven: readonly string[];
  /** What is wrong with a form. */
  readonly faults: readonly string[];
}

/** One of each operation that comes in forms, at small shapes. Values do not matter: proofs make up their own. */
function everyFamily(device: WebgpuDevice): void {
  const [rows, width, outputs, heads, tokens, rank] = [136, 128, 32, 2, 34, 2];
  const groups = { count: 1, rowsPerGroup: rows };
  const tensor = (cols: number, count = rows) => device.zeros(count, cols);
  const maps = (['f32', 'f16'] as const).map((precision) => {
    const weight = new Float32Array(outputs * width);
    return device.linear(
      { weight, bias: new Float32Array(outputs), inFeatures: width, outFeatures: outputs },
      precision,
    );
  });
  const [x, dy] = [tensor(width), tensor(outputs)];
  for (const map of maps) device.applyLinear(x, map, groups, null, tensor(outputs));
  const size = rank * (width + outputs);
  const places = { aOffset: 0, bOffset: rank * width, rank, scale: 1, slotOfGroup: Int32Array.of(0), dropout: null };
  device.loraGradient(dy, x, groups, { params: tensor(size, 1), ...places }, tensor(size, 1));
  device.activation(x, 'gelu', groups);
  device.gatherRows(tensor(width, 1024), new Int32Array(1024));
  const [params, gradients, m, v] = Array.from({ length: 4 }, () => tensor(width, 1));
  const options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, decay: Float32Array.of(0) };
  device.adamw(params, gradients, m, v, [{ offset: 0, length: width }], Float32Array.of(1, 0.01, 1, 1), options);
  const [gain, bias, epsilon] = [tensor(width, 1), tensor(width, 1), 1e-5];
  device.layerNorm(x, gain, bias, epsilon, groups);
  device.fused.applyNormedActivated?.(x, { gain, bias, epsilon }, maps[0], 'quick_gelu', groups, false);
  const shape = { sequences: rows / tokens, queries: tokens, tokens, heads, causal: true, groups };
  device.attention(x, tensor(width), tensor(width), shape, false);
}

/** Null where there is no adapter. */
export async function proveForms(): Promise<ProvenForms | null> {
  let requested: RequestedDevice;
  try {
    requested = await requestGpu();
  } catch {
    return null;
  }
  // Forms of cards, and of products all that fit, not only the likely ones.
  const { every } = PRODUCTS;
  if (every) Object.assign(PRODUCTS, { others: every });
  const description = { ...requested.description, software: false };
  const device = createWebgpuDevice(new Runtime({ ...requested, description }), description);
  const step = (): Promise<void> => Promise.resolve(everyFamily(device));
  const { sites } = stepIn(device.runtime, {}, step);
  const bench = new GpuBench(device.runtime, { step, sites, onFirst: () => Promise.resolve(), patience: PATIENCE });
  const asked = sites.flatMap(({ id, family, others }) => {
    const kinds = id.endsWith(', f16') ? `${family}, f16` : family;
    return (KINDS[kinds] ?? []).flatMap((kind) => {
      const form = others.find((name) => name.includes(kind));
      return form === undefined ? [] : [{ id, form, kind: `${kinds}: ${kind}` }];
    });
  });
  await Promise.all(asked.map(({ id, form }) => bench.whenCompiled(id, [form])));
  const proven: string[] = [];
  const faults: string[] = [];
  for (const { id, form, kind } of asked) {
    const fault = await bench.prove(id, form);
    if (fault === null) proven.push(kind);
    else faults.push(`${id}, ${form}: ${fault}`);
  }
  bench.free();
  device.dispose();
  return { adapter: description.name, proven, faults };
}
