/**
 * How the learning rate of the default study was chosen: by the accuracy on validation images at the end of training, of both arms together, with seeds that
 * are reported nowhere else. `npm run regime-search` runs it and writes its outcome, from which docs/results.md tells.
 */
import * as v from 'valibot';
import { hundredths } from '../../src/core/number-format.ts';
import { mean } from '../../src/core/statistics.ts';
import { fewShots } from '../../src/study/presets/few-shots.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { markdownTable } from '../markdown-table.ts';

export const SEARCH_FILE = 'docs/searches/few-shots.json';

const LEARNING_RATES = [3e-4, 1e-3, 3e-3, 1e-2];
/** Seeds of no saved study. */
const SEEDS = [20, 21];

export const SearchSchema = v.object({
  seeds: v.array(v.number()),
  /** Validation images. */
  images: v.number(),
  candidates: v.array(
    v.object({
      learningRate: v.number(),
      /** Accuracy on validation images at the last step, per arm id and seed. */
      accuracy: v.record(v.string(), v.array(v.number())),
    }),
  ),
});
export type Search = v.InferOutput<typeof SearchSchema>;

/** The default study at every candidate, without analyses. */
export const candidates = (): StudyConfig[] =>
  LEARNING_RATES.map((learningRate) => {
    const { analyses, arms, ...others } = fewShots.config;
    const off = <T extends object>(settings: T): T => ({ ...settings, enabled: false });
    return {
      ...others,
      seeds: SEEDS,
      arms: arms.map((arm) => ({ ...arm, learningRate })),
      analyses: {
        testImages: analyses.testImages,
        landscape: off(analyses.landscape),
        shapley: off(analyses.shapley),
        pruning: off(analyses.pruning),
      },
    };
  });

/** What the search keeps of the candidates' results. */
export const searchOf = (results: readonly StudyResult[]): Search => ({
  seeds: SEEDS,
  images: results[0].task.validation,
  candidates: results.map(({ config, runs }) => ({
    learningRate: config.arms[0].learningRate,
    accuracy: Object.fromEntries(
      config.arms.map(({ id }) => [
        id,
        runs.filter(({ arm }) => arm === id).map(({ validation }) => validation[validation.length - 1].accuracy),
      ]),
    ),
  })),
});

const meanOf = ({ accuracy }: Search['candidates'][number]): number => mean(Object.values(accuracy).flat());

/** The learning rate with the highest accuracy, mean over arms and seeds. */
export const chosenRate = ({ candidates: tried }: Search): number =>
  tried.reduce((best, candidate) => (meanOf(candidate) > meanOf(best) ? candidate : best)).learningRate;

/** What was tried, as Markdown. */
export function searchTable({ seeds, images, candidates: tried }: Search): string {
  const { arms } = fewShots.config;
  const heads = ['learning rate', ...arms.map(({ name }) => name), 'both'];
  const rows = tried.map((candidate) => [
    String(candidate.learningRate),
    ...arms.map(({ id }) => candidate.accuracy[id].map((value) => hundredths(value)).join(', ')),
    hundredths(meanOf(candidate)),
  ]);
  return `The learning rate was chosen by the accuracy on ${images} validation images at the last step, mean over both arms, with the seeds ${seeds.join(' and ')}, which are reported nowhere else. One value per seed, in per cent:

${markdownTable(heads, rows)}

The highest mean is at ${chosenRate({ seeds, images, candidates: tried })}. Towers, rank and steps follow the papers. Earlier trials at learning rate 0.003, read on test images, had 16 and 64 images a class; they led to 64.`;
}
