/** The words of the figure of a sweep. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

export const SWEEP_WORDS = catalogue('sweep', {
  message: 'The same study at every value of one setting.',
  /** @param setting within a sentence */
  title: (setting: string) => `Sweep: ${setting}`,
  help: [
    'Everything but one setting is equal: steps, images, their order and the seeds. A method that only wins at one value may have been given the better value; one that wins over a range does not depend on it.',
    'Merged 1:1: A and B of two seeds averaged, nothing retrained. Every other layer off: the mean of keeping layers 1, 3, 5 … and keeping layers 2, 4, 6 …. Points are means over seeds, of merges over pairs of seeds; bands are one standard deviation.',
    'Rings mark the value at which a method has the highest mean accuracy on validation images: whoever tunes each method by itself takes it. Test images have no part in that choice, so the ringed points can be compared on them. The highest point of a curve was found on the images it is shown on.',
    'A higher rank or rate may need other settings to change with it.',
  ],
  values: (count: number) => counted(count, 'value'),
  empty: 'What every value of the setting gives appears here when training is done.',
  accuracy: 'test accuracy, %',
  panels: {
    accuracy: 'Every layer on',
    midpointFactor: 'Two seeds merged 1:1',
    everyOther: 'Every other layer off',
  },
  /** What rings mark, in legends. */
  rings: 'best on validation images',
  method: 'Method',
  validation: 'Validation, %',
  inPercent: (title: string) => `${title}, %`,
  /** The value of a method that does not read the setting. */
  any: 'any',
  caption: {
    measures: {
      accuracy: 'with every layer on',
      merged: 'merged 1:1',
      everyOther: 'with every other layer off',
    },
    /** The methods each at its own best value. */
    best: {
      said: (where: string, said: string): string => `${where}: ${said}.`,
      each: (setting: string): string => `Each at its own best ${setting}`,
      /** Of two methods, where only this one has the setting. */
      one: (name: string, setting: string): string => `${name} at its own best ${setting}`,
      /** @param where "with every layer on and merged 1:1" */
      ahead: (name: string, first: string, where: string): string => `${name} is ahead of ${first} ${where}`,
      behind: (name: string, first: string, where: string): string => `${name} is behind ${first} ${where}`,
      unclear: (where: string): string => `no difference is clear ${where}`,
      tooFew: 'too few seeds to tell the methods apart',
      at: (name: string, value: string): string => `${name} at ${value}`,
      /** @param interval its ends, and what it is over where that is not the same for all */
      difference: (where: string, points: string, interval: readonly [ends: string, over: string]): string => {
        const behind = interval.filter((part) => part !== '').join(' ');
        return `${where} ${points}${behind && ` (${behind})`}`;
      },
      /** `over`: what all intervals are over, else empty. */
      numbers: (said: {
        readonly chosen: string;
        readonly validation: number;
        /** The method that has nothing to tune, as `beside` says it, or empty. */
        readonly beside: string;
        readonly apart: string;
        readonly differences: readonly string[];
        readonly over: string;
        readonly hasIntervals: boolean;
      }): string => {
        const over = said.over && ` (${said.hasIntervals ? '95\u00a0% intervals ' : ''}${said.over})`;
        return `${said.chosen}, best on ${counted(said.validation, 'validation image')}${said.beside && `, ${said.beside}`}; ${said.apart} in points: ${said.differences.join(', ')}${over}`;
      },
      beside: (name: string, setting: string): string => `beside ${name}, which has no ${setting}`,
      diverged: (name: string, values: string): string =>
        `${name} at ${values} was no candidate, because a run diverged there`,
      unvalidated: (name: string, values: string): string =>
        `${name} at ${values} was no candidate, because the adapters that are tested were not validated`,
      rivals: (name: string, values: string): string =>
        `on validation images ${name} is not clearly worse at ${values}`,
      range: (where: string, least: string, most: string): string => `${where} ${least} to ${most}`,
      withRivals: (ranges: string): string =>
        `whichever of these values are taken, the differences are ${ranges}, and a method is called ahead only where all are of one sign`,
      outermost: (name: string): string => `${name} is best at an end of the range, so better may lie beyond`,
    },
    /** Of means, without intervals. */
    higher: (name: string, first: string, count: number, values: number): string =>
      `${name} has a higher mean than ${first} at ${count} of ${counted(values, 'value')}`,
    /** @param seeds "2 seeds each" */
    start: (setting: string, first: string, last: string, seeds: string, measure: string): string =>
      `${setting} ${first} to ${last}, ${seeds}: ${measure}`,
  },
});
