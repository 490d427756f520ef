/**
 * How the learning rate of the default study was chosen, and what a lower or higher rank and fewer or more steps would do: the accuracy on validation images at
 * the end of training, of both arms together, with seeds of no saved study. `npm run regime-search` runs it and writes its outcome, from which
 * docs/results.md tells.
 */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { listed } from '../../src/core/listed.ts';
import { hundredths, integer, signedPoints } from '../../src/core/number-format.ts';
import { mean, standardError } from '../../src/core/statistics.ts';
import { fewShots } from '../../src/study/presets/few-shots.ts';
import { learningRatesFewShots } from '../../src/study/presets/learning-rates-few-shots.ts';
import { learningRates } from '../../src/study/presets/learning-rates.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { noAnalyses } from '../../src/study/config/no-analyses.ts';
import { sweepOf } from '../../src/study/config/sweep.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { findingAtBest } from '../../src/ui/results/sweep/sweep-caption.ts';
import { markdownTable } from '../markdown-table.ts';

export const SEARCH_FILE = 'docs/searches/few-shots.json';

const LEARNING_RATES = [3e-4, 1e-3, 3e-3, 1e-2];
/** Tried at the study's learning rate: half and twice the study's own. */
const RANKS = [2, 8];
const STEPS = [1000, 4000];
/** Seeds of no saved study. */
const SEEDS = [20, 21];

const SearchSchema = v.object({
  seeds: v.array(v.number()),
  /** Validation images. */
  images: v.number(),
  candidates: v.array(
    v.object({
      learningRate: v.number(),
      rank: v.number(),
      steps: v.number(),
      /** Accuracy on validation images at the last step, per arm id and seed. */
      accuracy: v.record(v.string(), v.array(v.number())),
    }),
  ),
});
export type Search = v.InferOutput<typeof SearchSchema>;
type Tried = Search['candidates'][number];

/** What a candidate sets. */
type Setting = Pick<Tried, 'learningRate' | 'rank' | 'steps'>;

const settingOf = ({ arms: [{ learningRate, rank }], training: { steps } }: StudyConfig): Setting => ({
  learningRate,
  rank,
  steps,
});

/** The setting of the default study, around which the search goes. */
const STUDY = settingOf(fewShots.config);

/** The default study at one setting, without analyses. The update of an adapter stays scaled as it is in the study: α / r is kept. */
function candidate({ learningRate, rank, steps }: Setting): StudyConfig {
  const { analyses, arms, training, ...others } = fewShots.config;
  return {
    ...others,
    seeds: SEEDS,
    arms: arms.map((arm) => ({ ...arm, learningRate, rank, alpha: (arm.alpha * rank) / arm.rank })),
    training: { ...training, steps },
    analyses: noAnalyses(analyses),
  };
}

/** Every learning rate, then every rank and every number of steps beside the study's. */
export const candidates = (): StudyConfig[] => [
  ...LEARNING_RATES.map((learningRate) => candidate({ ...STUDY, learningRate })),
  ...RANKS.map((rank) => candidate({ ...STUDY, rank })),
  ...STEPS.map((steps) => candidate({ ...STUDY, steps })),
];

/** "learning rate 0.001, rank 4, 2000 steps" */
export const candidateName = (config: StudyConfig): string => {
  const { learningRate, rank, steps } = settingOf(config);
  return `learning rate ${learningRate}, rank ${rank}, ${steps} steps`;
};

/** What the search keeps of the candidates' results. */
export const searchOf = (results: readonly StudyResult[]): Search => ({
  seeds: SEEDS,
  images: results[0].task.validation,
  candidates: results.map(({ config, runs }) => ({
    ...settingOf(config),
    accuracy: Object.fromEntries(
      config.arms.map(({ id }) => [
        id,
        runs.filter(({ arm }) => arm === id).map(({ validation }) => validation[validation.length - 1].accuracy),
      ]),
    ),
  })),
});

const isStudy = ({ learningRate, rank, steps }: Setting): boolean =>
  learningRate === STUDY.learningRate && rank === STUDY.rank && steps === STUDY.steps;

const accuracies = ({ accuracy }: Tried): number[] => Object.values(accuracy).flat();

const meanOf = (tried: Tried): number => mean(accuracies(tried));

const best = (tried: readonly Tried[]): Tried =>
  tried.reduce((first, next) => (meanOf(next) > meanOf(first) ? next : first));

/** The learning rate with the highest accuracy, mean over arms and seeds, at the rank and steps of the study. */
export const chosenRate = ({ candidates: tried }: Search): number =>
  best(tried.filter(({ rank, steps }) => rank === STUDY.rank && steps === STUDY.steps)).learningRate;

/** "rank 8 −1.7 (1.2)" */
function besideStudy(name: string, tried: Tried, study: Tried): string {
  const of = accuracies(study);
  const differences = accuracies(tried).map((value, i) => value - of[i]);
  return `${name} ${signedPoints(mean(differences))} (${hundredths(standardError(differences))})`;
}

/** "CopRA 60.7 at 0.001 and LoRA 60.9 at 0.0003": the best rate of every arm alone. */
function bestOfArms({ candidates: tried }: Search): string {
  const atRates = tried.filter(({ rank, steps }) => rank === STUDY.rank && steps === STUDY.steps);
  return listed(
    fewShots.config.arms.map(({ id, name }) => {
      const own = (of: Tried): number => mean(of.accuracy[id]);
      const first = atRates.reduce((top, next) => (own(next) > own(top) ? next : top));
      const chosen = atRates.find((of) => isStudy(of));
      return `${name} reaches ${hundredths(own(first))} at ${first.learningRate}${chosen && chosen !== first ? ` and ${hundredths(own(chosen))} at ${chosen.learningRate}` : ''}`;
    }),
  );
}

/** What of the default study is the papers' and what is ours. */
export function papersRegime(): string {
  const { arms, shots, training } = fewShots.config;
  return `CLIP-LoRA, on which CoTo’s experiments build, adapts both towers at rank 2, with 1 to 16 images a class and 500 steps for each of these (8,000 at 16), and CopRA’s paper does not say; the study here adapts both towers at rank ${arms[0].rank}, with ${shots ?? 'all'} images a class and ${integer(training.steps)} steps.`;
}

export const readSearch = (): Search => v.parse(SearchSchema, JSON.parse(readFileSync(SEARCH_FILE, 'utf8')));

/** What the sweeps of learning rates say of the methods at their own best ones. */
const atOwnRates = (results: ReadonlyMap<Preset, StudyResult>): string =>
  [learningRatesFewShots, learningRates]
    .flatMap((preset) => {
      const result = results.get(preset);
      const sweep = result && sweepOf(result.config);
      const found = sweep && findingAtBest(result, sweep);
      return found ? [`In “${preset.name}” ${found}.`] : [];
    })
    .join(' ');

/** What one learning rate for both methods means for the comparison, and what is known beyond it. */
export const sharedRate = (search: Search, results: ReadonlyMap<Preset, StudyResult>): string =>
  `Both methods train at one learning rate, in the default study ${STUDY.learningRate}. On its validation images ${bestOfArms(search)}. So that study does not say how the methods compare when each has its own best rate. Two studies of five rates hold each at its own best against the other, with adapters in the vision tower alone. ${atOwnRates(results)}`;

/** What was tried, as Markdown. */
export function searchTable(search: Search): string {
  const { seeds, images, candidates: tried } = search;
  const { arms } = fewShots.config;
  const heads = ['learning rate', 'rank', 'steps', ...arms.map(({ name }) => name), 'both'];
  const rows = tried.map((of) => [
    String(of.learningRate),
    String(of.rank),
    integer(of.steps),
    ...arms.map(({ id }) => of.accuracy[id].map((value) => hundredths(value)).join(', ')),
    hundredths(meanOf(of)),
  ]);
  const study = tried.find((of) => isStudy(of));
  if (!study)
    throw new Error(`${SEARCH_FILE} has not tried the setting of the default study: run "npm run regime-search".`);
  const others = [
    ...tried.filter(({ rank }) => rank !== STUDY.rank).map((of) => besideStudy(`rank ${of.rank}`, of, study)),
    ...tried
      .filter(({ steps }) => steps !== STUDY.steps)
      .map((of) => besideStudy(`${integer(of.steps)} steps`, of, study)),
  ];
  return `The learning rate was chosen by the accuracy on ${images} validation images at the last step, mean over both arms, with the seeds ${seeds.join(' and ')}, which are in no saved study. One value per seed, in per cent:

${markdownTable(heads, rows)}

The highest mean of the learning rates is at ${chosenRate(search)}. It need not be the best of each arm: on these images ${bestOfArms(search)}. So the comparison is at a shared rate, and says nothing of each method at its own best; [five rates](#figure-5-middle-learning-rates) were compared with adapters in the vision tower alone. ${papersRegime()} Half and twice the rank and the steps were tried at this rate: ${listed(others)} points against the study, with the standard error of the ${accuracies(study).length} paired runs. Earlier trials at learning rate 0.003, read on test images, had 16 and 64 images a class; they led to 64.`;
}
