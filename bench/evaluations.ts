/** Savings from evaluating many variants in one call: an accuracy landscape, and the coalitions of exact Shapley values. */
import { factorPath, lambdas } from '../src/copra/landscape.ts';
import { exactPlan } from '../src/copra/shapley/plan.ts';
import { allGates, gatesOfPlayers } from '../src/core/adapter-layout.ts';
import type { Engine, Evaluator, ImageSet, Variant } from '../src/engine/engine.ts';
import { patchifyImages } from '../src/study/run/images.ts';
import type { PlannedPopulation } from '../src/study/run/training/populations.ts';
import { filledAdapter, planPopulation, studyConfig, type Fixture } from './fixture.ts';
import type { Report } from './report.ts';
import type { Row } from './table.ts';
import { timeInTurns, timingColumns } from './timing.ts';

const POINTS = 21;
const TEST_IMAGES = 256;
/** Number of coalitions timed individually, spread evenly over all. */
const SAMPLED_COALITIONS = 48;

function withImages<R>(
  engine: Engine,
  { objective, task, model }: Fixture,
  { layout, scale }: PlannedPopulation,
  images: number,
  use: (evaluator: Evaluator, set: ImageSet) => Promise<R>,
): Promise<R> {
  const evaluator = engine.createEvaluator({ objective, layout, scale });
  const { patches, labels } = patchifyImages(task.test, model, images);
  const set = evaluator.imageSet(patches, labels);
  return use(evaluator, set).finally(() => {
    set.dispose();
    evaluator.dispose();
  });
}

async function measureLandscape(
  engine: Engine,
  fixture: Fixture,
  plan: PlannedPopulation,
  rounds: number,
): Promise<Row> {
  const [first, second] = [filledAdapter(plan.layout, 0), filledAdapter(plan.layout, 1)];
  const gates = allGates(plan.layout);
  const variants = lambdas(POINTS).map((lambda): Variant => ({ adapter: factorPath(first, second, lambda), gates }));
  const timings = await withImages(engine, fixture, plan, TEST_IMAGES, (evaluator, set) =>
    timeInTurns(
      [
        { name: 'together', run: () => evaluator.evaluate(variants, set) },
        {
          name: 'one by one',
          run: async () => {
            for (const variant of variants) await evaluator.evaluate([variant], set);
          },
        },
        {
          name: 'own images each',
          run: async () => {
            for (const variant of variants)
              await withImages(engine, fixture, plan, TEST_IMAGES, (single, own) => single.evaluate([variant], own));
          },
        },
      ],
      rounds,
      1,
    ),
  );
  const [together, alone, own] = timings;
  return {
    threads: engine.info.threads,
    ...timingColumns(together, POINTS),
    'one by one min ms': alone.min / POINTS,
    'ratio (min)': together.min / alone.min,
    'ratio (median)': together.median / alone.median,
    'ratio (cpu)': together.cpu / alone.cpu,
    'own images min ms': own.min / POINTS,
    'ratio to own (min)': together.min / own.min,
    'ratio to own (cpu)': together.cpu / own.cpu,
  };
}

async function measureShapley(engine: Engine, fixture: Fixture, plan: PlannedPopulation, images: number): Promise<Row> {
  const players = plan.layout.players.length;
  const adapter = filledAdapter(plan.layout, 0);
  const { coalitions } = exactPlan(players);
  const variants = coalitions.map((coalition): Variant => ({ adapter, gates: gatesOfPlayers(plan.layout, coalition) }));
  return withImages(engine, fixture, plan, images, async (evaluator, set) => {
    const timed = async (run: () => Promise<void>) => {
      const before = evaluator.blockEvaluations;
      const usage = process.cpuUsage();
      const start = performance.now();
      await run();
      const seconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(usage);
      const blocks = (evaluator.blockEvaluations - before) / images;
      return { seconds, cpu: (user + system) / 1e6, blocks };
    };
    const sample = variants.filter((_, i) => i % Math.floor(variants.length / SAMPLED_COALITIONS) === 0);
    const oneByOne = () =>
      timed(async () => {
        for (const variant of sample) await evaluator.evaluate([variant], set);
      });
    await oneByOne();
    const before = await oneByOne();
    const exact = await timed(async () => {
      await evaluator.evaluate(variants, set);
    });
    const after = await oneByOne();
    const extrapolated = (first: number, second: number) => ((first + second) / (2 * sample.length)) * variants.length;
    const seconds = extrapolated(before.seconds, after.seconds);
    return {
      threads: engine.info.threads,
      images,
      coalitions: variants.length,
      'block evaluations per image': exact.blocks,
      'without sharing': (before.blocks / sample.length) * variants.length,
      seconds: exact.seconds,
      'one by one s (extrapolated)': seconds,
      'ratio (time)': exact.seconds / seconds,
      'ratio (cpu)': exact.cpu / extrapolated(before.cpu, after.cpu),
      'ratio (count)': exact.blocks / ((before.blocks / sample.length) * variants.length),
    };
  });
}

export async function benchEvaluations(
  report: Report,
  fixture: Fixture,
  engines: readonly Engine[],
  { rounds, shapleyImages }: { rounds: number; shapleyImages: number },
): Promise<void> {
  const plan = planPopulation(fixture, studyConfig(['lora'], [0, 1]));
  const landscape: Row[] = [];
  for (const engine of engines) landscape.push(await measureLandscape(engine, fixture, plan, rounds));
  report.add(
    `landscape of ${POINTS} variants`,
    `Milliseconds per variant on ${TEST_IMAGES} test images: in one call, one call per variant on the same image set, and each with its own\n` +
      'evaluator and image set.',
    landscape,
  );
  const shapley: Row[] = [];
  for (const engine of engines) shapley.push(await measureShapley(engine, fixture, plan, shapleyImages));
  report.add(
    'exact Shapley values',
    'All coalitions of 12 layers: prefixes that coalitions share are evaluated once.',
    shapley,
  );
}
