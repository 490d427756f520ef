/** Memory and time of training steps that are cut to fit: what is planned, what the device takes, and what it costs. */
import { createAdapterLayout, PROJECTIONS } from '../src/core/adapter-layout.ts';
import { openWebgpu } from '../src/engine/devices/webgpu/webgpu-device.ts';
import { createNodeWasmDevice } from '../src/engine/devices/wasm/node.ts';
import { installDawn } from '../src/engine/dawn-node.ts';
import type { Device } from '../src/engine/device.ts';
import type { Engine, MemoryPlan, TrainBatch, Trainer, TrainerSpec } from '../src/engine/engine.ts';
import { createDeviceEngine } from '../src/engine/passes/device-engine.ts';
import { evaluationBudget } from '../src/engine/budget.ts';
import { initialAdapter } from '../src/copra/lora-init.ts';
import { towerShapes, type ClipBackbone } from '../src/model/backbone.ts';
import type { Report, Row } from './report.ts';
import { clipB, shapedClip } from './shaped-backbone.ts';
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
export function specOf(backbone: ClipBackbone): TrainerSpec {
  const { tokens: context, endToken } = backbone.text.config;
  const tokens = new Int32Array(CLASSES * context);
  for (let c = 0; c < CLASSES; c++) {
    for (let i = 0; i < PROMPT_TOKENS - 1; i++) tokens[c * context + i] = 1 + ((7 * c + i) % 1000);
    tokens[c * context + PROMPT_TOKENS - 1] = endToken;
  }
  const targets = { rank: 2, towers: ['vision', 'text'], projections: PROJECTIONS } as const;
  const layout = createAdapterLayout(towerShapes(backbone), targets, null);
  return {
    objective: { kind: 'clip', classes: CLASSES, tokens },
    layout,
    scale: 1,
    optimizer: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
    initial: Array.from({ length: RUNS }, (_, run) => initialAdapter(layout, run)),
    inputDropout: new Array<number>(RUNS).fill(0),
    dropoutSeeds: new Array<number>(RUNS).fill(0),
  };
}

export function batchOf(backbone: ClipBackbone, spec: TrainerSpec, images: number): TrainBatch {
  const { tokens, patchSize } = backbone.vision.config;
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

const isGpu = (device: Opened | null): device is Opened => device !== null;

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

/** Steps of a few layers, cut in every way, on devices of their own: memory of each, and times in turns. */
export async function benchStepMemory(report: Report, layers: number, images: number, rounds: number): Promise<void> {
  const backbone = shapedClip(clipB(32, layers));
  const spec = specOf(backbone);
  const batch = batchOf(backbone, spec, images);
  const none = { vision: 0, text: 0 };
  const cuts: readonly Cut[] = [
    { name: 'uncut', plan: undefined },
    {
      name: 'half of the blocks again',
      plan: { runs: RUNS, images, recomputeBelow: { vision: Math.ceil(layers / 2), text: 0 } },
    },
    {
      name: 'all blocks again',
      plan: { runs: RUNS, images, recomputeBelow: { vision: layers, text: layers } },
    },
    { name: 'one run at a time', plan: { runs: 1, images, recomputeBelow: none } },
    { name: 'a quarter of the images at a time', plan: { runs: RUNS, images: images / 4, recomputeBelow: none } },
    {
      name: 'all of these',
      plan: { runs: 1, images: images / 4, recomputeBelow: { vision: layers, text: layers } },
    },
  ];
  for (const open of [openWasm, openGpu]) {
    const trainers: { cut: Cut; device: Opened; trainer: Trainer }[] = [];
    for (const cut of cuts) {
      const device = await open();
      if (!isGpu(device)) return;
      device.engine.load(backbone);
      trainers.push({
        cut,
        device,
        trainer: device.engine.createTrainer(cut.plan ? { ...spec, plan: cut.plan } : spec),
      });
    }
    const contenders = trainers.map(({ cut, trainer }) => ({ name: cut.name, run: () => trainer.step(batch) }));
    const timings = await timeInTurns(contenders, rounds, 1);
    const rows = trainers.map(({ cut, device }, i): Row => ({
      device: device.name,
      cut: cut.name,
      'MB taken': device.taken() / 1e6,
      ...timingColumns(timings[i]),
      'cpu over uncut': timings[i].cpu / timings[0].cpu,
    }));
    trainers.forEach(({ device }) => device.engine.dispose());
    report.add(
      'step-memory',
      `A step of ${RUNS} runs × ${images} images: CLIP in the shapes of ViT-B/32 with ${layers} layers in each tower, LoRA r = 2 on all of them.`,
      rows,
    );
  }
}

const FULL = [
  { patchSize: 32, gigabytes: 2 },
  { patchSize: 16, gigabytes: 4 },
] as const;

/** Whole backbones in the memory that the plan allows: one step each. Takes minutes. */
export async function benchBackbonesInMemory(report: Report): Promise<void> {
  const images = 32;
  for (const { patchSize, gigabytes } of FULL) {
    const backbone = shapedClip(clipB(patchSize, 12));
    const spec = specOf(backbone);
    const batch = batchOf(backbone, spec, images);
    for (const open of [openWasm, openGpu]) {
      const device = await open();
      if (!isGpu(device)) return;
      const { engine } = device;
      engine.load(backbone);
      const planned = engine.planMemory(spec, images, { chosenBytes: gigabytes * GIGABYTE });
      const trainer = engine.createTrainer({ ...spec, plan: planned.plan });
      const start = performance.now();
      const { loss } = await trainer.step(batch);
      report.add(
        'backbones-in-memory',
        `CLIP ViT-B/${patchSize} at 224 px, both towers, ${RUNS} runs × ${images} images.`,
        [
          {
            device: device.name,
            'GiB allowed': planned.limit.bytes / GIGABYTE,
            'GiB uncut': planned.uncut.total / GIGABYTE,
            cut: describe(planned, images),
            'GiB planned': planned.memory.total / GIGABYTE,
            'GiB taken': device.taken() / GIGABYTE,
            'seconds of the first step': (performance.now() - start) / 1000,
            loss: loss[0],
          },
        ],
      );
      engine.dispose();
    }
  }
}
