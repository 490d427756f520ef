/** The words of the figures of confusions and of the accuracy of every class. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

export const CONFUSION_WORDS = catalogue('confusion', {
  message: (name: string, of: string, as: string): string => `${name} most often takes “${of}” for “${as}”.`,
  cells: 'Cells; each shows its pictures',
  help: [
    'A row is a true class, a column the class that is predicted: the diagonal is right, everything else is a confusion. Shares are of the test pictures of the row, counts are pictures a run; both are means over the seeds of an arm. The most frequent confusion is the one of most pictures; another may be of a larger share.',
    'A difference has the colour of the arm that gives the answer more often. Press a cell to see its pictures above.',
  ],
  helpMany: 'The matrix of the least accurate classes has their confusions with each other; the table has all of them.',
  of: 'Confusions of',
  order: 'Order of the classes',
  orders: { task: 'As in the task', name: 'By name', accuracy: 'Least accurate first' },
  which: 'Classes in the matrix',
  all: 'All classes',
  least: (count: number) => `The ${count} least accurate`,
  unit: 'Confusions: unit',
  units: { share: 'Shares', count: 'Counts' },
  empty: 'Which class is taken for which appears here when training is done.',
  takenFor: 'taken for',
  trueClass: 'true class',
  /** Behind a number. */
  ofItsPictures: '% of its pictures',
  picturesARun: 'pictures a run',
  noPictures: (name: string) => `${name}: no test pictures`,
  right: (name: string) => `${name}, right`,
  taken: (name: string, as: string) => `${name} taken for ${as}`,
  table: {
    arm: 'Arm',
    trueClass: 'True class',
    takenFor: 'Taken for',
    pictures: 'Pictures a run',
    share: 'Of its pictures',
  },
  classes: {
    message: {
      harder: (arms: string): string => `Some classes are harder than others for ${arms}.`,
      alike: (arms: string): string => `No class is clearly harder than another for ${arms}.`,
    },
    title: 'Accuracy of every class',
    help: 'The mean over the seeds, with its 95 % interval (Wilson 1927) over the choice of the class’s test pictures, for these seeds. Some classes are called harder where a χ² test of equal accuracies is below 5 %. Few pictures make wide intervals. All seeds see the same pictures, so intervals of two arms that overlap do not say that the arms are equal.',
    axis: 'accuracy, % (better →)',
    shortAxis: 'accuracy, %',
    interval: (value: string, low: string, high: string) => `${value} (${low} to ${high})`,
    name: 'Class',
    pictures: 'Pictures',
    accuracyOf: (arm: string) => `${arm} (95 % interval)`,
    caption: {
      /** The easiest and the hardest class, each with its accuracy and interval. */
      range: (name: string, easiest: string, hardest: string): string =>
        `${name} is most accurate on ${easiest}, and least on ${hardest}`,
      even: (name: string, accuracy: string): string => `${name} reaches ${accuracy} on every class`,
      means: (seeds: number): string =>
        `${seeds > 1 ? `Means over ${counted(seeds, 'seed')}` : 'Of one seed'}, with 95\u00a0% intervals over the choice of the class’s test pictures.`,
    },
  },
  caption: {
    most: (name: string, of: string, as: string, share: string, images: number): string =>
      `${name} most often takes “${of}” for “${as}” (${share} of its ${counted(images, 'picture')})`,
    short: (name: string, of: string, as: string, share: string, images: number): string =>
      `${name}: “${of}” for “${as}”, ${share} of ${counted(images, 'picture')}`,
    none: (name: string): string => `${name} takes no class for another`,
    least: (at: string): string => ` and is least accurate on ${at}`,
    at: (of: string, accuracy: string, low: string, high: string): string =>
      `“${of}”, ${accuracy} (${low} to\u00a0${high})`,
    intervals: 'In brackets: 95 % intervals over the choice of the class’s test pictures.',
  },
});
