/** The words of class results, and of a file that could be united with the study shown. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';

export const CLASSROOM_WORDS = catalogue('classroom', {
  message: 'Every column is the study of one file, every point a seed or a pair of seeds.',
  help: [
    'Every column is one file, every point one seed (or one pair of seeds). The files were handed in, not computed here.',
    'If everybody took other seeds, the points show how much of a result is luck. All adapters that came with the files are in the Adapters panel, where they can be merged.',
  ],
  files: (count: number) => counted(count, 'file'),
  runs: (count: number) => counted(count, 'run'),
  shown: 'Class: quantity shown',
  empty: 'None of the files holds this quantity.',
  show: (student: string) => `Show ${student}`,
  /** @param seeds in words */
  uniteWithShown: (seeds: string) => `Unite with the study shown: ${seeds}`,
  uniteAll: (seeds: string) => `Unite into one study: ${seeds}`,
  /** @param why sentences */
  apart: (why: string) => `The files do not make one study. ${why}`,
  close: 'Close the class',
  metrics: {
    accuracy: { name: 'Accuracy', axis: 'test accuracy, %', sentence: 'Test accuracy, %' },
    barrier: {
      name: 'Barrier',
      axis: 'barrier on the factor path, points',
      sentence: 'Barrier on the factor path, points',
    },
    half: {
      name: 'Half the layers',
      axis: 'gain kept with every other layer, %',
      sentence: 'Gain kept with every other layer, %',
    },
  },
  /** @param seeds one, or two of a pair */
  point: (student: string, seeds: string, arm: string, value: string) => `${student}, seed ${seeds}: ${arm} ${value}`,
  columns: { student: 'Student', arm: 'Arm', seed: 'Seed' },
  /** @param value mean and spread */
  mean: (arm: string, value: string, values: number) => `${arm} ${value} over ${counted(values, 'value')}`,
  /** @param metric beginning a sentence */
  reading: (metric: string, arms: readonly string[]) => `${metric}: ${arms.join('; ')}.`,
  /** @param values that repeat others */
  leftOut: (values: number) =>
    `${counted(values, 'value')} of ${values === 1 ? 'a repeated run is' : 'repeated runs are'} left out.`,
  offer: {
    /** @param seeds in words */
    fits: (file: string, seeds: string) => `${file} has the settings of the study shown here and ${seeds}.`,
    fitsNoMore: (file: string) => `${file} does not go with the study that is shown now.`,
    /** @param seeds in words */
    unite: (seeds: string) => `Unite: ${seeds}`,
    showInstead: 'Show it instead',
    leave: 'Leave the file aside',
  },
});
