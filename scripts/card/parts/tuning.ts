/** What the tuner chooses at the shapes of studies, with its timings, and what a whole step gains. */
import { totalmem } from 'node:os';
import { loadFixture } from '../../../bench/bundled-fixture.ts';
import { createEngineContender } from '../../../bench/engine-contender.ts';
import { measuredSpec } from '../../../src/engine/measure/measured-training.ts';
import { emojiClipProblem, vitB32Problem, type StepProblem } from '../../../bench/step-problem.ts';
import { median } from '../../../bench/timing.ts';
import { evaluationBudget } from '../../../src/engine/budget.ts';
import { openWebgpu } from '../../../src/engine/devices/webgpu/webgpu-device.ts';
import { choiceOf, type KernelChoice, type TuningRecord } from '../../../src/engine/kernel-tuning.ts';
import { createDeviceEngine } from '../../../src/engine/passes/device-engine.ts';
import type { Engine, KernelTuner } from '../../../src/engine/engine.ts';
import type { PartTime } from '../processes.ts';
import type { Tuning } from '../report.ts';

/** As long as a study at a time. */
const SLICE = 60;
const ROUNDS = 12;
/** Share of a problem's time for the tuner; the rest is for whole steps. */
const FOR_TUNER = 0.6;

/** Steps in the usual forms and in the chosen ones, in turns; null: nothing else was chosen, or there was no time. */
async function compared(
  engine: Engine,
  tuner: KernelTuner,
  problem: StepProblem,
  choice: KernelChoice,
  left: () => number,
): Promise<Tuning['step']> {
  if (Object.keys(choice).length === 0) return null;
  const ways = [{}, choice].map((forms) => {
    tuner.choose(forms);
    return { forms, contender: createEngineContender('engine', engine, problem), times: [] as number[] };
  });
  // The first turn compiles and is not counted.
  for (let round = -1; round < ROUNDS && left() > 0; round++)
    for (const { forms, contender, times } of ways) {
      tuner.choose(forms);
      const from = performance.now();
      await contender.step(Math.max(0, round));
      if (round >= 0) times.push(performance.now() - from);
    }
  tuner.choose({});
  for (const { contender } of ways) contender.dispose();
  const [usual, chosen] = ways.map(({ times }) => times);
  const rounds = Math.min(usual.length, chosen.length);
  return rounds === 0 ? null : { usual: median(usual), chosen: median(chosen), rounds };
}

/** Of the peak, in GFLOP/s; null where sites are not timed one by one. */
const shareOf = (flops: number, milliseconds: number, peak: number | null): number | null =>
  flops > 0 && milliseconds > 0 && peak !== null && peak > 0 ? flops / (1e6 * milliseconds) / peak : null;

/** @param tell takes what was found whenever the tuner keeps something */
async function tuned(
  name: string,
  problem: StepProblem,
  seconds: number,
  tell: (partial: Tuning) => void,
): Promise<Tuning> {
  const until = performance.now() + 1000 * seconds;
  const left = (): number => until - performance.now();
  const budget = FOR_TUNER * 1000 * seconds;
  const device = await openWebgpu({ software: true, budget });
  const engine = createDeviceEngine(device, evaluationBudget(device.info), totalmem());
  const { tuner } = engine;
  if (!tuner) throw new Error('The WebGPU engine has no tuner.');
  engine.load(problem.backbone);
  const peak = (await engine.inspector?.peakGflops().catch(() => null)) ?? null;
  const foundIn = (
    { sites, faults }: Pick<TuningRecord, 'sites' | 'faults'>,
    rest: Pick<Tuning, 'finished' | 'step'>,
  ): Tuning => ({
    problem: name,
    budget,
    peak,
    sites: Object.entries(sites).map(([site, { usual, form, milliseconds, error, others = {}, flops = 0 }]) => ({
      site,
      usual,
      form,
      milliseconds: milliseconds && [milliseconds[0], milliseconds[1]],
      error,
      others: { ...others },
      share: shareOf(flops, milliseconds?.[1] ?? 0, peak),
    })),
    faults: { ...faults },
    ...rest,
  });
  let record: Pick<TuningRecord, 'sites' | 'faults'> = { sites: {}, faults: {} };
  const work = tuner.tune({ spec: measuredSpec(problem), batchSize: problem.batch, example: {} }, null, (now) => {
    record = now;
    tell(foundIn(record, { finished: false, step: null }));
    return Promise.resolve();
  });
  let finished = false;
  while (!finished && left() > 0.2 * 1000 * seconds) finished = await work.slice(SLICE, { milliseconds: 0, count: 0 });
  work.end();
  const step = await compared(engine, tuner, problem, choiceOf(record), left);
  engine.dispose();
  return foundIn(record, { finished, step });
}

export async function measureTuning(time: PartTime, tell: (partial: readonly Tuning[]) => void): Promise<Tuning[]> {
  const emoji = emojiClipProblem(await loadFixture(), 4);
  const seconds = 0.6 * time.left();
  const found = [await tuned('Emoji-CLIP, four runs, batch 32', emoji, seconds, (partial) => tell([partial]))];
  tell(found);
  // A step of it takes seconds on an emulated adapter, and the tuner wants dozens.
  const [{ finished }] = found;
  if (finished) {
    const vit = vitB32Problem(12);
    const both = (partial: Tuning): void => tell([...found, partial]);
    found.push(await tuned('ViT-B/32, batch 8', vit, 0.9 * time.left(), both));
  }
  return found;
}
