/** The words of merging all seeds of an arm. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

export const MERGING_WORDS = catalogue('merging', {
  message: 'All seeds of an arm become one adapter, in every way of merging.',
  help: {
    merges:
      'All adapters of an arm become one, in every way; nothing is retrained. An ensemble runs all of them and averages their logits: what merging tries to reach at the price of one.',
    aligned:
      'Rotated and best P: A and B are first brought near to those of the first seed, which leaves every update as it is. λ scales the merged update where a method has such a factor; 1 is the mean of the runs.',
    caution:
      'Every bar is one merge, so it has no spread, and DARE one draw of its masks. The highest of many bars is flattered by being chosen on the images it is shown on. These are seeds of one task; the methods were made for different tasks.',
  },
  quantity: 'Merging: quantity shown',
  /** What the figure leaves DoRA arms out of. */
  merging: 'merging',
  awaited: 'What is left when all seeds of an arm become one adapter appears here when training is done.',
  off: 'Switch on Merging under Analyses, or choose the preset Merge, to see all seeds of an arm become one adapter.',
  /** @param runs of every arm: one number where all have as many */
  runsIntoOne: (runs: readonly number[]): string =>
    `${runs.map((count) => counted(count, 'run')).join(' / ')} into one`,
  /** How λ was chosen: over so many validation images, or not at all. */
  chosenOn: (images: number): string => `λ chosen on ${counted(images, 'validation image')}`,
  notChosen: 'λ = 1',
  /** Merged adapters that belong to no arm. */
  allAdapters: 'All adapters',
  /** Under the pointer: what an ensemble takes, and how a merge was made. */
  evaluations: (runs: number): string => counted(runs, 'evaluation'),
  detail: (lambda: string, rank: number): string => `λ ${lambda}, rank ${rank}`,
  singleRun: (seed: number): string => `Single run, seed ${seed}`,
  sweep: 'Task arithmetic, sweep',
  head: ['Merge', 'Arm', 'λ', 'Rank', 'Accuracy %', 'vs. single', 'Gain kept %', 'Loss'],
  caption: {
    /** "LoRA (2 runs)": an arm of which not as many runs were merged as of another. */
    ofRuns: (name: string, runs: number): string => `${name} (${counted(runs, 'run')})`,
    uneven: 'merges and ensembles of more runs are better by that alone, so these arms cannot be compared',
    /** @param methods whose λ is the smallest or the largest of those tried */
    scalesEnd: (methods: string): string =>
      `The best λ is the smallest or the largest of those tried for ${methods}; a value beyond may be better`,
    kinds: {
      single: 'a single run',
      factors: 'A and B averaged',
      rotated: 'rotated onto one another first',
      updates: 'updates averaged',
      ensemble: 'ensemble of logits',
    },
  },
});
