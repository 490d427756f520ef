/**
 * `npm run estimators [-- --seeds 30 --images 128 --steps 600 --out docs/shapley.md --fresh]`
 *
 * Compares the sampled estimators of Shapley values with the exact values at equal budgets, on adapters trained here on the bundled default. The
 * values of all coalitions are computed once and cached in .cache/; the table replaces the one in docs/shapley.md.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import {
  compareEstimators,
  COMPARED_ESTIMATORS,
  type EstimatorScore,
} from '../src/copra/shapley/compare-estimators.ts';
import { mean, standardError } from '../src/core/statistics.ts';
import type { CoalitionValues } from '../src/study/analyses/shapley/coalition-values.ts';
import { PRESETS } from '../src/study/presets/presets.ts';
import type { StudyConfig } from '../src/study/config/config.ts';
import { invocation, runMain } from './command-line.ts';
import { optionsOf } from './options.mjs';
import { openEngine, runHeadless } from './headless.ts';
import { markdownTable } from './markdown-table.ts';
import { wholeNumber } from './whole-number.ts';

const USAGE = `Usage: ${invocation('estimators')} [--seeds 30] [--images 128] [--steps 600] [--out docs/shapley.md] [--fresh]`;

const BUDGETS = [64, 128, 256, 512, 1024];
const CACHE = '.cache/estimators.json';
const BEGIN = '<!-- npm run estimators: begin -->';
const END = '<!-- npm run estimators: end -->';

interface Measured {
  readonly setting: string;
  readonly games: { arm: string; seed: number; images: number; accuracy: number[]; loss: number[] }[];
}

function studyConfig(steps: number, images: number): StudyConfig {
  const { config } = PRESETS[0];
  const off = { landscape: { ...config.analyses.landscape, enabled: false } };
  return {
    ...config,
    seeds: [0],
    training: { ...config.training, steps, validateEvery: steps },
    analyses: {
      ...config.analyses,
      ...off,
      testImages: images,
      pruning: { ...config.analyses.pruning, enabled: false },
      shapley: { ...config.analyses.shapley, enabled: true, estimator: 'exact', images, seedsPerArm: 1 },
    },
  };
}

async function measure(steps: number, images: number, fresh: boolean): Promise<Measured> {
  const config = studyConfig(steps, images);
  const setting = `${config.backbone}, ${config.task}, ${steps} steps, ${images} test images`;
  const kept = await readFile(CACHE, 'utf8').then(
    (text) => JSON.parse(text) as Measured,
    () => null,
  );
  if (!fresh && kept?.setting === setting) return kept;
  const engine = await openEngine('auto');
  const found: CoalitionValues[] = [];
  await runHeadless(config, engine, { onCoalitions: (coalitions) => found.push(coalitions) });
  engine.dispose();
  const games = found.map(({ arm, seed, images: count, accuracy, loss }) => {
    return { arm, seed, images: count, accuracy: [...accuracy], loss: [...loss] };
  });
  const measured = { setting, games };
  await mkdir('.cache', { recursive: true });
  await writeFile(CACHE, JSON.stringify(measured));
  return measured;
}

/** In thousandths, with two significant digits. */
const thousandths = (value: number): string => String(Number((1000 * value).toPrecision(2)));

/** Mean ± standard error over all adapters and seeds. */
const cell = (values: readonly number[], print: (value: number) => string): string =>
  `${print(mean(values))} ± ${print(standardError(values))}`;

function table(scores: readonly EstimatorScore[], quantity: 'error' | 'spearman', print: (value: number) => string) {
  const rows = COMPARED_ESTIMATORS.map(({ name, id }) => {
    const cells = BUDGETS.map((budget) =>
      cell(
        scores.filter((score) => score.estimator === id && score.budget === budget).map((score) => score[quantity]),
        print,
      ),
    );
    return [name, ...cells];
  });
  return markdownTable(['Estimator', ...BUDGETS.map(String)], rows);
}

async function main(): Promise<void> {
  const { values } = optionsOf(USAGE, {
    options: {
      seeds: { type: 'string', default: '30', about: 'draws of every estimator' },
      images: { type: 'string', default: '128', about: 'test images of the games' },
      steps: { type: 'string', default: '600', about: 'training steps of the adapters' },
      out: { type: 'string', about: 'the page whose table is written' },
      fresh: { type: 'boolean', default: false, about: 'computes anew what is kept from before' },
    },
  });
  const [seeds, images, steps] = (['seeds', 'images', 'steps'] as const).map((name) =>
    wholeNumber(name, values[name], 1),
  );
  const { setting, games } = await measure(steps, images, values.fresh);
  const parts: string[] = [];
  for (const quantity of ['accuracy', 'loss'] as const) {
    const scores: EstimatorScore[] = [];
    for (const game of games)
      for (let seed = 0; seed < seeds; seed++)
        for (const budget of BUDGETS)
          for (const { id } of COMPARED_ESTIMATORS) scores.push(compareEstimators(game[quantity], id, budget, seed));
    const of = quantity === 'accuracy' ? 'accuracy' : 'loss';
    parts.push(
      `Normalised mean squared error in thousandths, Shapley values in ${of}:`,
      table(scores, 'error', thousandths),
      `Spearman rank correlation with the exact values, in ${of}:`,
      table(scores, 'spearman', (value) => value.toFixed(3)),
    );
  }
  const adapters = games.map(({ arm }) => arm).join(' and ');
  const heading = `Adapters: ${adapters} (${setting}); ${seeds} seeds each; mean ± standard error over ${games.length * seeds} estimates.`;
  const text = [heading, ...parts].join('\n\n');
  console.log(text);
  if (values.out === undefined) return;
  const page = await readFile(values.out, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${values.out} has no place for the table: ${BEGIN} and ${END}.`);
  await writeFile(values.out, `${page.slice(0, from + BEGIN.length)}\n\n${text}\n\n${page.slice(to)}`);
}

runMain(main);
