/** The words that figures of results share, and those that are shown before a figure's own code is there. */
import { comparison } from '../../study/readings/messages.ts';
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';

export const RESULT_WORDS = catalogue('results', {
  /** Behind what is said of other domains, where updates were scaled. */
  equalTask: comparison(
    'At equal accuracy on the task',
    'is right more often there',
    'accuracy on other domains at equal accuracy on the task',
  ),
  equalTaskVerdict: (verdict: string): string => `At equal accuracy on the task: ${verdict}`,
  accuracy: 'Accuracy',
  loss: 'Loss',
  images: (count: number) => counted(count, 'image'),
  seeds: (count: number) => counted(count, 'seed'),
  pairs: (count: number) => counted(count, 'pair of seeds', 'pairs of seeds'),
  /** In the place of a figure of the running study that has nothing yet. */
  earlier: 'before · measuring …',
  backbone: 'Backbone',
  /** The frozen backbone, before its accuracy. */
  frozen: { 'zero-shot': 'Zero-shot', 'head only': 'Head only' },
  seed: (seed: number) => `seed ${seed}`,
  howToRead: (figure: string) => `how to read: ${figure}`,
  dataTable: (rows: number) => `Data table (${counted(rows, 'row')})`,
  /** After a sentence that names some arms only. */
  twoNamed: (arms: number) => `Two of ${counted(arms, 'arm')} are named here; the table of results has all.`,
  /** Which of several arms a figure compares. @param isLora the first is the first of its method, or else of all */
  compared: (arms: number, isLora: boolean, isCopra: boolean) => {
    const first = isLora ? 'the first LoRA' : 'the first';
    return `Of the ${counted(arms, 'arm')}, this compares ${first} and ${isCopra ? 'the first CopRA' : 'the next'}.`;
  },
  sweepElsewhere: (setting: string) => `All other figures: at ${setting}`,
  tooFewSeeds: 'too few seeds to say',
  /** The lower end of an interval, before the higher one. */
  from: (low: string) => `${low} to`,
  layersTitle: 'layer, from input to output',
  layer: (name: string) => `layer ${name}`,
  ensemble: 'Ensemble of logits',
  /** Behind the name of a way of merging. */
  aligned: { none: '', orthogonal: ', rotated', invertible: ', best P' },
  /** What training is counted in. */
  budgets: { steps: 'Steps', updates: 'Updates', work: 'Compute', time: 'Time' },
  /** In sentences: "after equal compute". */
  equal: { steps: 'steps', updates: 'adapter updates', work: 'compute', time: 'time' },
  budgetAxes: {
    steps: 'training step',
    updates: 'adapter updates (all layers on: 1 a step)',
    work: (arm: string) => `compute (a step of ${arm} with all layers on: 1)`,
    time: 'seconds of a run on its own',
  },
  spending: {
    awaited: 'What the arms spend is being counted.',
    unknown:
      'What the arms spend is not known: the sizes of the backbone are not known here, an arm adapts nothing of it, or the study is too long to be counted here.',
  },
  views: { arms: 'Every arm as a point: barrier', summary: 'Table of results' },
  /** Where answers to single pictures, and what is made of them, are missing. */
  tooManyClasses: (most: number) =>
    `Answers to single pictures are kept of tasks of at most ${counted(most, 'class', 'classes')}. This one has more: neither a study that runs here nor a study file has them.`,
  absences: {
    frontier: 'Arms become points where there are three or more that are pruned, or have paths between their seeds.',
    sweep: 'This study is no sweep: its arms differ in more than one setting, or in none.',
    confusion: 'This result does not say which class was taken for which.',
  },
});
