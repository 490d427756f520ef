/** The words of the figure of a sweep. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

export const SWEEP_WORDS = catalogue('sweep', {
  message: 'The same study at every value of one setting.',
  /** @param setting within a sentence */
  title: (setting: string) => `Sweep: ${setting}`,
  help: [
    'Everything but one setting is equal: steps, images, their order and the seeds. A method that only wins at one value may have been given the better value; one that wins over a range does not depend on it.',
    'Merged 1:1: A and B of two seeds averaged, nothing retrained. Every other layer off: the mean of keeping layers 1, 3, 5 … and keeping layers 2, 4, 6 …. Points are means over seeds or pairs of seeds, bands one standard deviation.',
    'The best value of a curve was found on the images it is shown on, and a higher rank or rate may need other settings to change with it.',
  ],
  values: (count: number) => counted(count, 'value'),
  empty: 'What every value of the setting gives appears here when training is done.',
  /** @param where what is shown at the chosen value: "All other figures: at" */
  choice: (where: string, setting: string) => `${where} ${setting}`,
  accuracy: 'test accuracy, %',
  panels: {
    accuracy: 'Every layer on',
    midpointFactor: 'Two seeds merged 1:1',
    everyOther: 'Every other layer off',
  },
  method: 'Method',
  inPercent: (title: string) => `${title}, %`,
  /** The value of a method that does not read the setting. */
  any: 'any',
  caption: {
    measures: {
      accuracy: 'with every layer on',
      merged: 'merged 1:1',
      everyOther: 'with every other layer off',
    },
    /** Of means, without intervals. */
    higher: (name: string, first: string, count: number, values: number): string =>
      `${name} has a higher mean than ${first} at ${count} of ${counted(values, 'value')}`,
    /** @param seeds "2 seeds each" */
    start: (setting: string, first: string, last: string, seeds: string, measure: string): string =>
      `${setting} ${first} to ${last}, ${seeds}: ${measure}`,
  },
});
