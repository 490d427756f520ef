/** Matrix multiplication speed of our kernels, and a time profile of a training step and an evaluation. One thread. */
import { allGates } from '../src/core/adapter-layout.ts';
import { evaluationBudget } from '../src/engine/budget.ts';
import type { Device } from '../src/engine/device.ts';
import { openNodeDevice } from '../src/engine/node.ts';
import { createDeviceEngine } from '../src/engine/passes/device-engine.ts';
import { patchifyImages } from '../src/study/run/images.ts';
import { BATCH, drawBatches, openTrainer, planPopulation, studyConfig, trainBatch, type Fixture } from './fixture.ts';
import { initialAdapter } from '../src/copra/lora-init.ts';
import { profiled, type Profile } from './profiled-device.ts';
import type { Report } from './report.ts';
import type { Row } from './table.ts';
import { timeInTurns } from './timing.ts';

/** Products per measurement. */
const REPEATS = 50;
/** Steps until the optimising compiler has compiled everything. */
const WARM_UP_STEPS = 12;

function maps(width: number, mlpWidth: number) {
  return [
    { name: 'q, k, v, o', inputs: width, outputs: width },
    { name: 'fc1', inputs: width, outputs: mlpWidth },
    { name: 'fc2', inputs: mlpWidth, outputs: width },
  ];
}

async function measureProducts<T>(device: Device<T>, { model }: Fixture, rounds: number): Promise<Row[]> {
  const { tokens, width, mlpWidth } = model.backbone.vision.config;
  const rows = BATCH * tokens;
  const groups = { count: 1, rowsPerGroup: rows };
  const values = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i));
  const contenders = maps(width, mlpWidth).map(({ name, inputs, outputs }) => {
    const weights = {
      weight: values(inputs * outputs),
      bias: values(outputs),
      inFeatures: inputs,
      outFeatures: outputs,
    };
    const map = device.linear(weights);
    const x = device.upload(values(rows * inputs), rows, inputs);
    const probe = device.zeros(1, 1);
    const run = async () => {
      for (let i = 0; i < REPEATS; i++) device.free(device.applyLinear(x, map, groups, null, null));
      await device.read(probe); // executes what was recorded
    };
    return { name, run, inputs, outputs };
  });
  const timings = await timeInTurns(contenders, rounds);
  return contenders.map(({ name, inputs, outputs }, i) => {
    const operations = 2 * rows * inputs * outputs * REPEATS;
    return {
      product: name,
      rows,
      inputs,
      outputs,
      'GFLOP/s (best)': operations / timings[i].min / 1e6,
      'GFLOP/s (median)': operations / timings[i].median / 1e6,
      'GFLOP per cpu s': operations / timings[i].cpu / 1e6,
    };
  });
}

function profileRows(profile: Profile, units: number): Row[] {
  const lines = [...profile.entries()].sort((a, b) => b[1].milliseconds - a[1].milliseconds);
  const total = lines.reduce((sum, [, { milliseconds }]) => sum + milliseconds, 0);
  const recording = lines.reduce((sum, [, line]) => sum + line.recording, 0);
  return [
    ...lines.map(([operation, { calls, milliseconds }]) => ({
      operation,
      calls: calls / units,
      'cpu ms': milliseconds / units,
      'share %': (100 * milliseconds) / total,
    })),
    { operation: 'all of them', calls: '', 'cpu ms': total / units, 'share %': 100 },
    { operation: 'of which recording', calls: '', 'cpu ms': recording / units, 'share %': (100 * recording) / total },
  ];
}

export async function benchKernels(report: Report, fixture: Fixture, rounds: number): Promise<void> {
  const device = await openNodeDevice('wasm', { threads: 1 });
  const products = await measureProducts(device, fixture, rounds);
  report.add(
    'matrix products',
    `Own SIMD kernels, one thread, ${BATCH} images of one block, ${REPEATS} products per measurement.`,
    products,
  );

  const { device: observed, profile } = profiled(device);
  const engine = createDeviceEngine(observed, evaluationBudget(device.info));
  engine.load(fixture.model.backbone);
  const config = studyConfig(['lora'], [0]);
  const plan = planPopulation(fixture, config);
  const trainer = openTrainer(engine, fixture, plan);
  const gates = [allGates(plan.layout)];
  const inputs = drawBatches(fixture, config.training, 0, 4).map((batch) =>
    trainBatch(plan.runs, gates, new Map([[0, batch]])),
  );
  for (let i = 0; i < WARM_UP_STEPS; i++) await trainer.step(inputs[i % inputs.length]);
  profile.clear();
  for (let i = 0; i < rounds; i++) await trainer.step(inputs[i % inputs.length]);
  report.add(
    'a training step, by operation',
    'One run, one thread, processor time; every operation is executed at once, which costs a little.',
    profileRows(profile, rounds),
  );

  const evaluator = engine.createEvaluator({ objective: fixture.objective, layout: plan.layout, scale: plan.scale });
  const { patches, labels } = patchifyImages(fixture.task.test, fixture.model, 256);
  const set = evaluator.imageSet(patches, labels);
  const variants = Array.from({ length: 21 }, (_, i) => ({ adapter: initialAdapter(plan.layout, i), gates: gates[0] }));
  await evaluator.evaluate(variants, set);
  profile.clear();
  await evaluator.evaluate(variants, set);
  report.add(
    'an evaluation, by operation',
    'Per variant, 21 adapters on 256 images, one thread, processor time.',
    profileRows(profile, variants.length),
  );
  engine.dispose();
}
