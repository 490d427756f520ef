/** The words of adapters of many tasks, merged into one. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

export const MULTITASK_WORDS = catalogue('multitask', {
  help: {
    bars: 'One adapter was trained per task. Solid bars: every task with its own adapter. Hatched bars: one adapter merged from all of them, nothing retrained. Grey: zero-shot. Bars are means over seeds, whiskers one standard deviation.',
    candidates:
      'Own classes: an image is told apart among the classes of its task, so somebody has to know the task. All classes: it is told apart among the classes of all tasks, which is harder.',
    /** @param isChosen whether λ was chosen */
    caution: (isChosen: boolean): string =>
      `${isChosen ? 'λ of a merge was chosen on validation images of all tasks.' : 'λ of a merge is 1: not every task has validation images to choose it on.'} The highest of many merges is flattered by being chosen on the images it is shown on. These small tasks stand in for the paper’s MTL15, whose tasks are not published.`,
  },
  merge: 'Many tasks: merge shown',
  candidates: { label: 'Many tasks: candidates', own: 'Own classes', joint: 'All classes' },
  tasks: (count: number): string => counted(count, 'task'),
  /** What the figure leaves DoRA arms out of. */
  merging: 'merging across tasks',
  awaited: 'What is left of every task when the adapters of all become one appears here when they are trained.',
  off: 'Choose the preset Many tasks, or switch it on under Analyses, to merge adapters of different tasks.',
  /** In the legend of the page. */
  bars: { own: 'own adapter', merged: 'merged', none: 'zero-shot' },
  /** In the legend of a picture: the bars of an arm. */
  ownAdapter: (arm: string): string => `${arm}, own adapter`,
  mergedBy: (arm: string, merge: string): string => `${arm}, ${merge}`,
  zeroShot: 'zero-shot',
  meanOfTasks: 'mean of tasks',
  head: ['Adapter', 'Arm', 'λ', 'Rank', 'Own classes %', '% of own adapters', 'All classes %', 'Seeds'],
  /** Factors that were chosen, as they are written. */
  scales: (scales: readonly string[]): string => scales.join(', '),
  rows: { own: 'Own adapter', zeroShot: 'Zero-shot' },
  caption: {
    accuracies: (
      arms: string,
      tasks: number,
      {
        single,
        average,
        ofOwn,
        arithmetic,
        ensemble,
        none,
      }: Readonly<Record<'single' | 'average' | 'ofOwn' | 'arithmetic' | 'ensemble' | 'none', string>>,
    ): string =>
      `${arms}, mean over ${counted(tasks, 'task')}: own adapters ${single}, updates averaged ${average} (${ofOwn} of own), task arithmetic ${arithmetic}, ensemble of logits ${ensemble}, zero-shot ${none}`,
    joint: (accuracies: string): string =>
      `with the classes of all tasks as candidates, updates averaged ${accuracies}`,
  },
});
