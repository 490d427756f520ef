/**
 * How the learning rates of ready-made studies were chosen, and what a lower or higher rank and fewer or more steps would do in the default one: the accuracy on
 * validation images at the end of training, of LoRA and CopRA together, with seeds of no saved study. `npm run regime-search` runs it and writes its outcome, from
 * which docs/results.md tells.
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
import { sixteenShots } from '../../src/study/presets/sixteen-shots.ts';
import { dropsLayers } from '../../src/copra/methods/registry.ts';
import type { ArmConfig, StudyConfig } from '../../src/study/config/config.ts';
import { noAnalyses } from '../../src/study/config/no-analyses.ts';
import { sweepOf } from '../../src/study/config/sweep.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { findingAtBest } from '../../src/ui/results/sweep/sweep-caption.ts';
import { markdownTable } from '../markdown-table.ts';

/** What is tried around the setting of a ready-made study. */
export interface RegimeSearch {
  readonly preset: Preset;
  /** All arms train at one rate, which is best for LoRA and CopRA together; or at LoRA's best or CopRA's, as they switch layers off or not. */
  readonly rate: 'shared' | 'own';
  readonly learningRates: readonly number[];
  /** Tried at the study's learning rate. */
  readonly ranks: readonly number[];
  readonly steps: readonly number[];
}

const LEARNING_RATES = [3e-4, 1e-3, 3e-3, 1e-2];

/** Around the default study half and twice its rank and its steps are tried too. */
export const DEFAULT_SEARCH: RegimeSearch = {
  preset: fewShots,
  rate: 'shared',
  learningRates: LEARNING_RATES,
  ranks: [2, 8],
  steps: [1000, 4000],
};
export const SIXTEEN_SHOTS_SEARCH: RegimeSearch = {
  preset: sixteenShots,
  rate: 'own',
  // One below the others, the lowest of which is LoRA's best.
  learningRates: [1e-4, ...LEARNING_RATES],
  ranks: [],
  steps: [],
};
export const SEARCHES = [DEFAULT_SEARCH, SIXTEEN_SHOTS_SEARCH];

export const searchFile = ({ preset }: RegimeSearch): string => `docs/searches/${preset.id}.json`;

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

/** The setting of the study, around which a search goes. */
const studied = ({ preset }: RegimeSearch): Setting => settingOf(preset.config);

/** The arms that are searched with. */
const searchedArms = ({ config }: Preset): StudyConfig['arms'] =>
  config.arms.filter(({ id }) => id === 'lora' || id === 'copra');

/** The study at one setting, without analyses. The update of an adapter stays scaled as it is in the study: α / r is kept. */
function candidate({ preset }: RegimeSearch, { learningRate, rank, steps }: Setting): StudyConfig {
  const { analyses, training, ...others } = preset.config;
  return {
    ...others,
    seeds: SEEDS,
    arms: searchedArms(preset).map((arm) => ({ ...arm, learningRate, rank, alpha: (arm.alpha * rank) / arm.rank })),
    training: { ...training, steps },
    analyses: noAnalyses(analyses),
  };
}

/** Every learning rate, then every rank and every number of steps beside the study's. */
export function candidates(search: RegimeSearch): StudyConfig[] {
  const study = studied(search);
  return [
    ...search.learningRates.map((learningRate) => candidate(search, { ...study, learningRate })),
    ...search.ranks.map((rank) => candidate(search, { ...study, rank })),
    ...search.steps.map((steps) => candidate(search, { ...study, steps })),
  ];
}

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

const isAlike = (one: Setting, other: Setting): boolean =>
  one.learningRate === other.learningRate && one.rank === other.rank && one.steps === other.steps;

/** The learning rates that were tried at the rank and steps of the study. */
function triedRates(search: RegimeSearch, { candidates: tried }: Search): readonly Tried[] {
  const { rank, steps } = studied(search);
  return tried.filter((of) => of.rank === rank && of.steps === steps);
}

const accuracies = ({ accuracy }: Tried): number[] => Object.values(accuracy).flat();

const meanOf = (tried: Tried): number => mean(accuracies(tried));

const best = (tried: readonly Tried[], of: (one: Tried) => number): Tried =>
  tried.reduce((first, next) => (of(next) > of(first) ? next : first));

const bestOf = (search: RegimeSearch, found: Search, arm: string): Tried =>
  best(triedRates(search, found), ({ accuracy }) => mean(accuracy[arm]));

const sharedBest = (search: RegimeSearch, found: Search): Tried => best(triedRates(search, found), meanOf);

/** The learning rate that the search chooses for an arm, at the rank and steps of the study. */
export function chosenRate(search: RegimeSearch, found: Search, { method }: Pick<ArmConfig, 'method'>): number {
  const chosen =
    search.rate === 'shared'
      ? sharedBest(search, found)
      : bestOf(search, found, dropsLayers(method) ? 'copra' : 'lora');
  return chosen.learningRate;
}

/** "rank 8 −1.7 (1.2)" */
function besideStudy(name: string, tried: Tried, study: Tried): string {
  const of = accuracies(study);
  const differences = accuracies(tried).map((value, i) => value - of[i]);
  return `${name} ${signedPoints(mean(differences))} (${hundredths(standardError(differences))})`;
}

/** At which end of those that were tried a rate is, beyond which a better one may lie. */
function endOf({ learningRates }: RegimeSearch, rate: number): 'low' | 'high' | null {
  if (rate === Math.min(...learningRates)) return 'low';
  return rate === Math.max(...learningRates) ? 'high' : null;
}

/** "CopRA 60.7 at 0.001 and LoRA 60.9 at 0.0003 (the lowest that was tried)": the best rate of every arm alone. */
function bestOfArms(search: RegimeSearch, found: Search): string {
  const atRates = triedRates(search, found);
  return listed(
    searchedArms(search.preset).map(({ id, name }) => {
      const own = (of: Tried): number => mean(of.accuracy[id]);
      const first = bestOf(search, found, id);
      const chosen = atRates.find((of) => isAlike(of, studied(search)));
      const end = endOf(search, first.learningRate);
      return `${name} reaches ${hundredths(own(first))} at ${first.learningRate}${end ? ` (the ${end}est that was tried)` : ''}${chosen && chosen !== first ? ` and ${hundredths(own(chosen))} at ${chosen.learningRate}` : ''}`;
    }),
  );
}

/** What of the default study is the papers' and what is ours. */
export function papersRegime(): string {
  const { arms, shots, training } = fewShots.config;
  return `CLIP-LoRA, on which CoTo’s experiments build, adapts both towers at rank 2, with 1 to 16 images a class and 500 steps for each of these (8,000 at 16), and CopRA’s paper does not say; “${fewShots.name}” adapts both towers at rank ${arms[0].rank}, with ${shots ?? 'all'} images a class and ${integer(training.steps)} steps.`;
}

export const readSearch = (search: RegimeSearch): Search =>
  v.parse(SearchSchema, JSON.parse(readFileSync(searchFile(search), 'utf8')));

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

/** What one learning rate for both methods means for the comparison of the default study, and what is known beyond it. */
export const sharedRate = (found: Search, results: ReadonlyMap<Preset, StudyResult>): string =>
  `Both methods train at one learning rate, in the default study ${studied(DEFAULT_SEARCH).learningRate}. On its validation images ${bestOfArms(DEFAULT_SEARCH, found)}. So that study does not say how the methods compare when each has its own best rate. Two studies of five rates hold each at its own best against the other, with adapters in the vision tower alone. ${atOwnRates(results)}`;

/** What was tried, as Markdown: one value per seed, in per cent. */
export function triedTable({ preset }: RegimeSearch, { candidates: tried }: Search): string {
  const arms = searchedArms(preset);
  const heads = ['learning rate', 'rank', 'steps', ...arms.map(({ name }) => name), 'both'];
  const rows = tried.map((of) => [
    String(of.learningRate),
    String(of.rank),
    integer(of.steps),
    ...arms.map(({ id }) => of.accuracy[id].map((value) => hundredths(value)).join(', ')),
    hundredths(meanOf(of)),
  ]);
  return markdownTable(heads, rows);
}

/** "LoRA’s is the lowest that was tried: a lower one may be better." Of the methods that train at their own; empty where none is at an end. */
const endsText = (search: RegimeSearch, found: Search): string =>
  searchedArms(search.preset)
    .flatMap((arm) => {
      const end = endOf(search, chosenRate(search, found, arm));
      return end === null ? [] : [` ${arm.name}’s is the ${end}est that was tried: a ${end}er one may be better.`];
    })
    .join('');

/** How the learning rate of a study was chosen, in sentences before the table. */
export function chosenBy(search: RegimeSearch, found: Search): string {
  const { seeds, images } = found;
  const what = {
    shared: 'The learning rate was chosen by the accuracy, mean over LoRA and CopRA,',
    own: 'The learning rates are the best of LoRA, for arms that train every layer in every step, and the best of CopRA, for those that switch layers off, by the accuracy',
  }[search.rate];
  const ends = search.rate === 'own' ? endsText(search, found) : '';
  return `${what} on ${images} validation images at the last step, with the seeds ${seeds.join(' and ')}, which are in no saved study.${ends} One value per seed, in per cent:`;
}

/** The search around the default study, as Markdown. */
export function searchTable(found: Search): string {
  const search = DEFAULT_SEARCH;
  const tried = found.candidates;
  const setting = studied(search);
  const study = tried.find((of) => isAlike(of, setting));
  if (!study)
    throw new Error(`${searchFile(search)} has not tried the setting of the study: run "npm run regime-search".`);
  const others = [
    ...tried.filter(({ rank }) => rank !== setting.rank).map((of) => besideStudy(`rank ${of.rank}`, of, study)),
    ...tried
      .filter(({ steps }) => steps !== setting.steps)
      .map((of) => besideStudy(`${integer(of.steps)} steps`, of, study)),
  ];
  return `${chosenBy(search, found)}

${triedTable(search, found)}

The highest mean of the learning rates is at ${sharedBest(search, found).learningRate}. It need not be the best of each arm: on these images ${bestOfArms(search, found)}. So the comparison is at a shared rate, and says nothing of each method at its own best; [five rates](#figure-5-middle-learning-rates) were compared with adapters in the vision tower alone. ${papersRegime()} Half and twice the rank and the steps were tried at this rate: ${listed(others)} points against the study, with the standard error of the ${accuracies(study).length} paired runs. Earlier trials at learning rate 0.003, read on test images, had 16 and 64 images a class; they led to 64.`;
}
