/** Milliseconds per training step: the plain TensorFlow.js model against the engine on the same backend and on its own kernels. */
import { allGates } from '../src/core/adapter-layout.ts';
import { initialAdapter } from '../src/copra/lora-init.ts';
import type { Engine } from '../src/engine/engine.ts';
import { openNodeEngine } from '../src/engine/node.ts';
import {
  BATCH,
  drawBatches,
  LEARNING_RATE,
  openTrainer,
  planPopulation,
  studyConfig,
  trainBatch,
  type Fixture,
} from './fixture.ts';
import { createGradientSwitch } from './gradient-tuning.ts';
import { createPlainTrainer } from '../src/engine/plain/plain-training.ts';
import type { Report } from './report.ts';
import { timeInTurns, timingColumns, type Contender } from './timing.ts';

/** Maximum difference between the losses of the plain model and the engine on any of the first steps. */
const LOSS_TOLERANCE = 1e-3;
const CHECKED_STEPS = 5;

interface Subject extends Contender {
  /** Loss of one step on batch `index`. */
  readonly step: (index: number) => Promise<number>;
}

async function checkLosses(subjects: readonly Subject[]): Promise<void> {
  for (let step = 0; step < CHECKED_STEPS; step++) {
    const losses: number[] = [];
    for (const subject of subjects) losses.push(await subject.step(step));
    losses.forEach((loss, i) => {
      if (Math.abs(loss - losses[0]) <= LOSS_TOLERANCE) return;
      throw new Error(`Step ${step + 1}: ${subjects[i].name} has loss ${loss}, ${subjects[0].name} ${losses[0]}.`);
    });
  }
}

export async function benchSteps(
  report: Report,
  fixture: Fixture,
  threads: readonly number[],
  rounds: number,
): Promise<void> {
  const { model, objective } = fixture;
  const { backbone } = model;
  if (backbone.kind !== 'clip' || objective.kind !== 'clip') throw new Error('The benchmark needs a CLIP backbone.');
  const config = studyConfig(['lora'], [0]);
  const plan = planPopulation(fixture, config);
  const { layout, scale } = plan;
  const batches = drawBatches(fixture, config.training, 0, 16);
  const gates = [allGates(layout)];

  const engines: Engine[] = [];
  const engineSubject = async (name: string, open: () => Promise<Engine>): Promise<Subject> => {
    const engine = await open();
    engine.load(backbone);
    engines.push(engine);
    const trainer = openTrainer(engine, fixture, plan, plan.runs, 0);
    const inputs = batches.map((batch) => trainBatch(plan.runs, gates, new Map([[0, batch]])));
    let count = 0;
    const step = async (index: number) => (await trainer.step(inputs[index % inputs.length])).loss[0];
    return { name, step, run: () => step(count++) };
  };
  // This engine comes first because it selects the TensorFlow.js backend that the plain model then runs on.
  const portable = await engineSubject('engine, tfjs-wasm', () => openNodeEngine('tfjs-wasm'));
  const useTunedGradients = createGradientSwitch();
  const plainSubject = (name: string, tuned: boolean): Subject => {
    const trainer = createPlainTrainer(backbone, objective, layout, scale, initialAdapter(layout, 0), LEARNING_RATE);
    let count = 0;
    const step = (index: number) => {
      useTunedGradients(tuned);
      const { patches, labels } = batches[index % batches.length];
      return trainer.step(patches, labels);
    };
    return { name, step, run: () => step(count++) };
  };
  const subjects = [
    plainSubject('plain tfjs, tfjs-wasm', false),
    plainSubject('plain tfjs, tuned gradients', true),
    portable,
    ...(await Promise.all(
      [...threads.map((n) => [n, true] as const), [1, false] as const].map(([n, relaxedSimd]) =>
        engineSubject(`engine, own kernels, ${n} thread${n > 1 ? 's' : ''}${relaxedSimd ? '' : ', plain SIMD'}`, () =>
          openNodeEngine('wasm', { threads: n, relaxedSimd }),
        ),
      ),
    )),
  ];
  await checkLosses(subjects);
  const timings = await timeInTurns(subjects, rounds);
  engines.forEach((engine) => engine.dispose());
  report.add(
    'training step',
    `Emoji-CLIP, batch ${BATCH}, LoRA r=4 on q, k, v, o of 12 layers, one run. Losses of the first ${CHECKED_STEPS} steps agree to ${LOSS_TOLERANCE}.\n` +
      'Speed-up over the plain model: of the fastest rounds, of the medians, and in processor time.',
    timings.map((timing) => ({
      what: timing.name,
      ...timingColumns(timing),
      'speed-up (min)': timings[0].min / timing.min,
      'speed-up (median)': timings[0].median / timing.median,
      'speed-up (cpu)': timings[0].cpu / timing.cpu,
    })),
  );
}
