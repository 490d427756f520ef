/** Memory and time of training steps that are cut to fit: what is planned, what the device takes, and what it costs. */
import { createAdapterLayout, PROJECTIONS } from '../src/core/adapter-layout.ts';
import { openWebgpu } from '../src/engine/devices/webgpu/webgpu-device.ts';
import { createNodeWasmDevice } from '../src/engine/devices/wasm/node.ts';
import { installDawn } from '../src/engine/dawn-node.ts';
import type { Device } from '../src/engine/device.ts';
import type { Engine, MemoryPlan, TrainBatch, Trainer, TrainerSpec } from '../src/engine/engine.ts';
import { createDeviceEngine } from '../src/engine/passes/device-engine.ts';
import { evaluationBudget } from '../src/engine/budget.ts';
import { measuredSpec } from '../src/engine/measure/measured-training.ts';
import { shapeBackbone } from '../src/engine/memory/backbone-shapes.ts';
import { hollowBackbone } from '../src/engine/memory/hollow-backbone.ts';
import { stepMemory } from '../src/engine/memory/step-memory.ts';
import { wasmMemory } from '../src/engine/memory/wasm-memory.ts';
import { webgpuMemory } from '../src/engine/memory/webgpu-memory.ts';
import { initialAdapter } from '../src/copra/lora-init.ts';
import type { Report } from './report.ts';
import type { Row } from './table.ts';
import { clipB, shapedClip, type ClipShapes } from './shaped-backbone.ts';
import { timeInTurns, timingColumns } from './timing.ts';

const GIGABYTE = 2 ** 30;
const RUNS = 2;
const CLASSES = 10;
const PROMPT_TOKENS = 8;

interface Opened {
  readonly name: string;
  readonly engine: Engine;
  /** Bytes that the device has taken. */
  readonly taken: () => number;
}

function opened<T>(device: Device<T>, name: string, taken: () => number): Opened {
  return { name, engine: createDeviceEngine(device, evaluationBudget(device.info)), taken };
}

async function openWasm(): Promise<Opened> {
  const device = await createNodeWasmDevice();
  return opened(device, 'wasm', () => device.recorder.arena.end);
}

/** Null where there is no Vulkan driver. */
async function openGpu(): Promise<Opened | null> {
  try {
    await installDawn();
    const device = await openWebgpu();
    return opened(device, 'webgpu', () => device.inspector.allocatedBytes);
  } catch {
    return null;
  }
}

/** LoRA r = 2 on all projections of both towers. */
export function specOf({ vision, text }: ClipShapes): TrainerSpec {
  const { tokens: context, vocabulary } = text;
  const tokens = new Int32Array(CLASSES * context);
  for (let c = 0; c < CLASSES; c++) {
    for (let i = 0; i < PROMPT_TOKENS - 1; i++) tokens[c * context + i] = 1 + ((7 * c + i) % 1000);
    tokens[c * context + PROMPT_TOKENS - 1] = vocabulary - 1; // the end token
  }
  const targets = { rank: 2, towers: ['vision', 'text'], projections: PROJECTIONS } as const;
  const layout = createAdapterLayout({ vision, text }, targets, null);
  return measuredSpec({
    objective: { kind: 'clip', classes: CLASSES, tokens },
    layout,
    scale: 1,
    initial: Array.from({ length: RUNS }, (_, run) => initialAdapter(layout, run)),
  });
}

export function batchOf({ vision: { tokens, patchSize } }: ClipShapes, spec: TrainerSpec, images: number): TrainBatch {
  const patches = new Float32Array(images * (tokens - 1) * 3 * patchSize ** 2);
  for (let i = 0; i < patches.length; i++) patches[i] = Math.sin(i);
  return {
    patches,
    labels: Int32Array.from({ length: images }, (_, i) => i % CLASSES),
    sourceOfRun: new Array<number>(RUNS).fill(0),
    gates: new Uint8Array(RUNS * spec.layout.pairs.length).fill(1),
    learningRates: new Float32Array(RUNS).fill(1e-3),
  };
}

const isOpened = (device: Opened | null): device is Opened => device !== null;

const describe = ({ plan, recomputed }: MemoryPlan, images: number): string => {
  const parts = [
    recomputed > 0 && `${recomputed} blocks again`,
    plan.images < images && `${plan.images} images at a time`,
    plan.runs < RUNS && `${plan.runs} run at a time`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'uncut';
};

interface Cut {
  readonly name: string;
  readonly plan: TrainerSpec['plan'];
}

/** A step of all runs and images at once, and the ways to need less memory. */
function cutsOf(layers: number, images: number): readonly Cut[] {
  const none = { vision: 0, text: 0 };
  const all = { vision: layers, text: layers };
  const quarter = images / 4;
  return [
    { name: 'uncut', plan: undefined },
    {
      name: 'half of the vision blocks again',
      plan: { runs: RUNS, images, recomputeBelow: { vision: Math.ceil(layers / 2), text: 0 } },
    },
    { name: 'all blocks again', plan: { runs: RUNS, images, recomputeBelow: all } },
    { name: 'one run at a time', plan: { runs: 1, images, recomputeBelow: none } },
    { name: 'a quarter of the images at a time', plan: { runs: RUNS, images: quarter, recomputeBelow: none } },
    { name: 'all of these', plan: { runs: 1, images: quarter, recomputeBelow: all } },
  ];
}

/** What whole backbones need by the memory plan, on devices of two kinds. Nothing is computed. */
export function benchPlannedMemory(report: Report, threads: number): void {
  const [layers, images] = [12, 32];
  const kinds = [
    { device: 'WASM', model: () => wasmMemory(threads) },
    { device: 'WebGPU', model: () => webgpuMemory(Infinity, false) },
  ];
  const backbones = [32, 16].map((patchSize) => {
    const shapes = clipB(patchSize, layers);
    const spec = specOf(shapes);
    const backbone = shapeBackbone(shapes);
    return { name: `ViT-B/${patchSize}`, spec, backbone };
  });
  const rows = cutsOf(layers, images).map(({ name: cut, plan }) => {
    const row: Record<string, string | number> = { cut };
    for (const { name, spec, backbone } of backbones)
      for (const { device, model } of kinds) {
        const { total } = stepMemory({
          model,
          backbone: (counting) => hollowBackbone(counting, backbone, (shape) => shape, 'f32'),
          spec: { ...spec, plan },
          batchSize: images,
        });
        row[`${name}, ${device}, GiB`] = total / GIGABYTE;
      }
    return row;
  });
  report.add(
    'planned memory',
    `A step of ${RUNS} runs × ${images} images of 224 pixels, LoRA r = 2 on all projections of both towers, by the memory plan.`,
    rows,
  );
}

/** Steps of a few layers, cut in every way, on devices of their own: memory of each, and times in turns. */
export async function benchStepMemory(report: Report, layers: number, images: number, rounds: number): Promise<void> {
  const shapes = clipB(32, layers);
  const backbone = shapedClip(shapes);
  const spec = specOf(shapes);
  const batch = batchOf(shapes, spec, images);
  const cuts = cutsOf(layers, images);
  const rows: Row[] = [];
  for (const open of [openWasm, openGpu]) {
    const trainers: { cut: Cut; device: Opened; trainer: Trainer }[] = [];
    for (const cut of cuts) {
      const device = await open();
      if (!isOpened(device)) break;
      device.engine.load(backbone);
      trainers.push({
        cut,
        device,
        trainer: device.engine.createTrainer(cut.plan ? { ...spec, plan: cut.plan } : spec),
      });
    }
    if (trainers.length === 0) continue;
    const contenders = trainers.map(({ cut, trainer }) => ({ name: cut.name, run: () => trainer.step(batch) }));
    const timings = await timeInTurns(contenders, rounds, 1);
    const [first] = timings;
    rows.push(
      ...trainers.map(({ cut, device }, i) => ({
        device: device.name,
        cut: cut.name,
        'MB taken': device.taken() / 1e6,
        ...timingColumns(timings[i]),
        'cpu over uncut': timings[i].cpu / first.cpu,
      })),
    );
    trainers.forEach(({ device }) => device.engine.dispose());
  }
  report.add(
    'steps cut to fit',
    `A step of ${RUNS} runs × ${images} images: CLIP in the shapes of ViT-B/32 with ${layers} layers in each tower, LoRA r = 2 on all of them.`,
    rows,
  );
}

const FULL = [
  { patchSize: 32, gigabytes: 2 },
  { patchSize: 16, gigabytes: 4 },
] as const;

/** Whole backbones in the memory that the plan allows: one step each. Takes minutes. @param quick two layers, few images: whether it runs at all */
export async function benchBackbonesInMemory(report: Report, quick: boolean): Promise<void> {
  const [images, layers] = quick ? [4, 2] : [32, 12];
  const rows: Row[] = [];
  for (const { patchSize, gigabytes } of FULL) {
    const shapes = clipB(patchSize, layers);
    const backbone = shapedClip(shapes);
    const spec = specOf(shapes);
    const batch = batchOf(shapes, spec, images);
    for (const open of [openWasm, openGpu]) {
      const device = await open();
      if (!isOpened(device)) continue;
      const { engine } = device;
      engine.load(backbone);
      const planned = engine.planMemory(spec, images, { chosenBytes: gigabytes * GIGABYTE });
      const trainer = engine.createTrainer({ ...spec, plan: planned.plan });
      const start = performance.now();
      const { loss } = await trainer.step(batch);
      rows.push({
        backbone: `CLIP ViT-B/${patchSize}`,
        device: device.name,
        'GiB allowed': planned.limit.bytes / GIGABYTE,
        'GiB uncut': planned.uncut.total / GIGABYTE,
        cut: describe(planned, images),
        'GiB planned': planned.memory.total / GIGABYTE,
        'GiB taken': device.taken() / GIGABYTE,
        'seconds of the first step': (performance.now() - start) / 1000,
        loss: loss[0],
      });
      engine.dispose();
    }
  }
  report.add(
    'backbones in memory',
    `At 224 px, both towers, ${layers} layers in each, ${RUNS} runs × ${images} images.`,
    rows,
  );
}
