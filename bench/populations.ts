/** Savings from training runs together: a population of four against its runs trained individually. */
import { allGates } from '../src/core/adapter-layout.ts';
import type { Engine } from '../src/engine/engine.ts';
import type { ArmConfig } from '../src/study/config/config.ts';
import { drawBatches, openTrainer, planPopulation, studyConfig, trainBatch, type Fixture } from './fixture.ts';
import type { Report } from './report.ts';
import type { Row } from './table.ts';
import { timeInTurns, timingColumns } from './timing.ts';

interface Setting {
  readonly name: string;
  readonly methods: readonly ArmConfig['method'][];
  readonly seeds: readonly number[];
  /** Training progress in [0, 1], which determines the number of active CopRA layers; null = all gates open. */
  readonly share: number | null;
}

const SETTINGS: readonly Setting[] = [
  { name: '4 × LoRA', methods: ['lora'], seeds: [0, 1, 2, 3], share: null },
  ...[0.1, 0.3, 0.5, 0.7].map((share) => ({
    name: `2 × LoRA, 2 × CopRA at ${Math.round(100 * share)} %`,
    methods: ['lora', 'copra'] as const,
    seeds: [0, 1],
    share,
  })),
];

/** Number of gate draws per setting. */
const DRAWS = 4;

async function measure(engine: Engine, fixture: Fixture, setting: Setting, rounds: number): Promise<Row> {
  const { name, methods, seeds, share } = setting;
  const config = studyConfig(methods, seeds);
  const plan = planPopulation(fixture, config);
  const batches = seeds.map((seed) => drawBatches(fixture, config.training, seed, DRAWS));
  const first = share === null ? 0 : Math.round(share * config.training.steps);
  const gatesOf = (run: number, draw: number) =>
    share === null ? allGates(plan.layout) : plan.runs[run].gates(first + draw).pairs;
  const batchOf = (runs: readonly number[], draw: number) =>
    trainBatch(
      runs.map((run) => plan.runs[run]),
      runs.map((run) => gatesOf(run, draw)),
      new Map(seeds.map((seed, i) => [seed, batches[i][draw]])),
    );
  const everyRun = plan.runs.map((_, run) => run);
  const together = openTrainer(engine, fixture, plan);
  const alone = everyRun.map((run) => openTrainer(engine, fixture, plan, [plan.runs[run]]));
  const draws = Array.from({ length: DRAWS }, (_, draw) => draw);
  const joint = draws.map((draw) => batchOf(everyRun, draw));
  const single = everyRun.map((run) => draws.map((draw) => batchOf([run], draw)));
  const timings = await timeInTurns(
    [
      {
        name: 'together',
        run: async () => {
          for (const batch of joint) await together.step(batch);
        },
      },
      {
        name: 'alone',
        run: async () => {
          for (const run of everyRun) for (const batch of single[run]) await alone[run].step(batch);
        },
      },
    ],
    rounds,
  );
  [together, ...alone].forEach((trainer) => trainer.dispose());
  const units = DRAWS * plan.runs.length;
  const [a, b] = timings;
  const open = everyRun.map((run) =>
    draws.reduce((sum, draw) => sum + gatesOf(run, draw).reduce((s, gate) => s + gate, 0), 0),
  );
  return {
    population: name,
    threads: engine.info.threads,
    'open gates': open.reduce((sum, count) => sum + count, 0) / (units * plan.layout.pairs.length),
    ...timingColumns(a, units),
    'alone min ms': b.min / units,
    'ratio (min)': a.min / b.min,
    'ratio (median)': a.median / b.median,
    'ratio (cpu)': a.cpu / b.cpu,
  };
}

export async function benchPopulations(
  report: Report,
  fixture: Fixture,
  engines: readonly Engine[],
  rounds: number,
): Promise<void> {
  const rows: Row[] = [];
  for (const setting of SETTINGS)
    for (const engine of engines) rows.push(await measure(engine, fixture, setting, rounds));
  report.add(
    'population of four',
    'Milliseconds per run and step, in one population and each run on its own (same gates, same images). Ratio: together / alone.',
    rows,
  );
}
