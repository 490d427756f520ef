/** What half precision changes: golden vectors, studies, bytes and times. */
import { pairedDifference, standardDeviation, mean } from '../src/core/statistics.ts';
import { installDawn } from '../src/engine/dawn-node.ts';
import { openWebgpu, type WebgpuDevice } from '../src/engine/devices/webgpu/webgpu-device.ts';
import { evaluationBudget } from '../src/engine/budget.ts';
import type { Engine } from '../src/engine/engine.ts';
import { createDeviceEngine } from '../src/engine/passes/device-engine.ts';
import type { Precision } from '../src/engine/precision.ts';
import { stream } from '../src/core/rng.ts';
import type { Backbone } from '../src/model/backbone.ts';
import type { StudyConfig } from '../src/study/config/config.ts';
import { noAnalyses } from '../src/study/config/no-analyses.ts';
import { fewShots } from '../src/study/presets/few-shots.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import { runStudy } from '../src/study/run/run-study.ts';
import { inputsOf, loadBundledBackbone } from '../scripts/headless.ts';
import { checkGoldenFolder } from '../tests/support/golden/check-folder.ts';
import { inHalves, mapLinears } from '../tests/support/halves.ts';
import type { Report } from './report.ts';
import { clipB, shapedClip } from './shaped-backbone.ts';
import { batchOf, specOf } from './step-memory.ts';
import { timeInTurns, timingColumns } from './timing.ts';

const PRECISIONS = ['f32', 'f16'] as const satisfies readonly Precision[];

/** Errors of every golden vector on the device, in both precisions. */
async function reportGolden(report: Report, device: WebgpuDevice): Promise<void> {
  const errors = new Map<string, Partial<Record<Precision, number>>>();
  for (const precision of PRECISIONS)
    for await (const { name, error } of checkGoldenFolder(
      precision === 'f16' ? inHalves(device) : device,
      'tests/golden',
    ))
      errors.set(name, { ...errors.get(name), [precision]: error });
  const rows = [...errors].flatMap(([vector, { f32 = NaN, f16 = NaN }]) =>
    f32 === f16 ? [] : [{ vector, f32: f32.toExponential(1), f16: f16.toExponential(1) }],
  );
  report.add(
    'half precision: golden vectors',
    `Relative errors of golden vectors on ${device.info.device}, halves by ${device.runtime.halves}.`,
    rows,
  );
}

interface StudySize {
  readonly steps: number;
  readonly seeds: number;
  readonly batchSize: number;
  /** Null: all. */
  readonly testImages: number | null;
}

/** On a card, the few-shot study. Where the processor computes, as much of it as takes minutes. */
function sizeOf(software: boolean, quick: boolean): StudySize {
  if (software) return { steps: quick ? 10 : 200, seeds: quick ? 2 : 4, batchSize: 8, testImages: quick ? 64 : 200 };
  return {
    steps: quick ? 60 : 600,
    seeds: quick ? 3 : 6,
    batchSize: fewShots.config.training.batchSize,
    testImages: null,
  };
}

function studyOf({ steps, seeds, batchSize, testImages }: StudySize): StudyConfig {
  const { config } = fewShots;
  return {
    ...config,
    seeds: Array.from({ length: seeds }, (_, seed) => seed),
    training: { ...config.training, steps, batchSize, validateEvery: steps },
    analyses: { ...noAnalyses(config.analyses), testImages },
  };
}

/** Bundled weights are saved as halves, which rounding leaves as they are. These are numbers as they may have been before: each moved at random among those that round to it. */
function unrounded(backbone: Backbone): Backbone {
  const rng = stream(1, 'analysis');
  return mapLinears(backbone, (weights) => ({
    ...weights,
    weight: weights.weight.map((w) =>
      w === 0 ? 0 : w + (rng.uniform() - 0.5) * 2 ** (Math.floor(Math.log2(Math.abs(w))) - 10),
    ),
  }));
}

async function trained(engine: Engine, config: StudyConfig, precision: Precision): Promise<StudyResult> {
  const bundled = await loadBundledBackbone(config.backbone);
  const model = { ...bundled, backbone: unrounded(bundled.backbone) };
  const inputs = await inputsOf(config, engine, { model }, null);
  let found: StudyResult | null = null;
  for await (const event of runStudy({ ...inputs, precision, kernels: undefined }))
    if (event.type === 'finished') found = event.result;
  if (!found) throw new Error('The study ended without a result.');
  return found;
}

const points = (share: number): number => 100 * share;

/** What a reader may take from the difference of two precisions. @param spread standard deviation over seeds, in the unit of the interval */
function verdict(low: number, high: number, spread: number): string {
  if (Math.max(-low, high) <= spread) return 'differs less than seeds do';
  return low <= 0 && high >= 0 ? 'no difference seen, with too few seeds to tell' : 'differs';
}

/** One study in both precisions: equal seeds see equal images, gates and initial factors. */
async function reportStudies(report: Report, engine: Engine, size: StudySize): Promise<void> {
  const config = studyOf(size);
  const whole = await trained(engine, config, 'f32');
  const half = await trained(engine, config, 'f16');
  const rows = config.arms.map(({ id, name }) => {
    const [a, b] = [whole, half].map(({ runs }) => runs.filter(({ arm }) => arm === id));
    const [full, rounded] = [a, b].map((runs) => runs.map(({ test }) => points(test?.accuracy ?? NaN)));
    const { mean: difference, low, high } = pairedDifference(rounded, full);
    const spread = standardDeviation(full);
    const apart = a.flatMap(({ losses }, run) => losses.map((loss, i) => Math.abs(b[run].losses[i] - loss) / loss));
    return {
      arm: name,
      'accuracy f32, %': mean(full),
      'f16, %': mean(rounded),
      'f16 − f32, points': difference,
      'from (95 % over seeds)': low,
      to: high,
      'sd over seeds, points': spread,
      'largest difference of a training loss, %': 100 * Math.max(...apart),
      'mean, %': 100 * mean(apart),
      verdict: verdict(low, high, spread),
    };
  });
  report.add(
    'half precision: a study',
    `${fewShots.name}, ${size.steps} steps of ${size.batchSize} images, seeds 0 to ${size.seeds - 1}, ${size.testImages ?? whole.task.test} test images, on ${engine.info.device}. Equal seeds are paired.`,
    rows,
  );
}

/** A step of a few layers in the shapes of ViT-B/32 in both precisions, in turns. */
async function reportSteps(report: Report, layers: number, images: number, rounds: number): Promise<void> {
  const shapes = clipB(32, layers);
  const backbone = shapedClip(shapes);
  const spec = specOf(shapes);
  const batch = batchOf(shapes, spec, images);
  const opened = [];
  for (const precision of PRECISIONS) {
    const device = await openWebgpu();
    const engine = createDeviceEngine(device, evaluationBudget(device.info));
    engine.choosePrecision(precision);
    engine.load(backbone);
    opened.push({ precision, engine, device, trainer: engine.createTrainer(spec) });
  }
  const contenders = opened.map(({ precision, trainer }) => ({ name: precision, run: () => trainer.step(batch) }));
  const timings = await timeInTurns(contenders, rounds, 1);
  const rows = opened.map(({ precision, engine, device }, i) => ({
    precision,
    ...timingColumns(timings[i]),
    'time over f32': timings[i].median / timings[0].median,
    'MB of weights, planned': engine.planMemory(spec, images).memory.weights / 1e6,
    'MB kept for the backward, planned': engine.planMemory(spec, images).memory.activations / 1e6,
    'MB taken': device.inspector.allocatedBytes / 1e6,
  }));
  report.add(
    'half precision: a step',
    `A step of 2 runs × ${images} images on ${opened[0].engine.info.device}: CLIP in the shapes of ViT-B/32 with ${layers} layers in each tower, LoRA r = 2 on all of them.`,
    rows,
  );
  opened.forEach(({ engine }) => engine.dispose());
}

/** The study alone: minutes where the processor computes. */
export async function benchPrecisionStudy(report: Report, quick: boolean): Promise<void> {
  await installDawn();
  const device = await openWebgpu();
  const engine = createDeviceEngine(device, evaluationBudget(device.info));
  await reportStudies(report, engine, sizeOf(device.info.software, quick));
  engine.dispose();
}

export async function benchPrecision(report: Report, quick: boolean): Promise<void> {
  await installDawn();
  const device = await openWebgpu();
  await reportGolden(report, device);
  const { software } = device.info;
  device.dispose();
  await reportSteps(report, software && quick ? 1 : 4, software ? 4 : 32, quick ? 3 : 10);
  await benchPrecisionStudy(report, quick);
}
