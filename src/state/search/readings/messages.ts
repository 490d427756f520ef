/** What a search for a schedule says. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';

export const SCHEDULE_READINGS = catalogue('scheduleReadings', {
  measures: { accuracy: 'accuracy', kept: 'gain kept', midpoint: 'midpoint' },
  /** Names of candidates stand in the file of a search, in English. */
  called: (name: string): string => name,
  quoted: (name: string): string => `“${name}”`,
  averaged: (name: string): string => `${name}, mean of the last`,
  /** "LoRA in gain kept and midpoint" */
  inMeasures: (reference: string, measures: string): string => `${reference} in ${measures}`,
  /** Without numbers: what a round shows of the candidates that are no reference. */
  some: 'In this round some candidates lie on or above every reference in all three measures.',
  none: 'In this round no candidate lies on or above every reference in all three measures.',
  nothing: 'Nothing is trained yet.',
  message: {
    shortened: 'A shortened search: it shows how a search goes, not what comes of it.',
    behind: 'On fresh seeds the winner is clearly below a reference: this search found no schedule that has both.',
    unclear: 'On fresh seeds this test cannot tell whether the winner has both.',
    ahead: 'On fresh seeds the winner has both: what LoRA reaches and what CopRA keeps.',
  },
  best: (name: string, margin: string): string =>
    `The best is ${name}: ${margin} points against the best reference in the measure in which it does worst`,
  unbeaten: (unbeaten: number, all: number): string =>
    `${unbeaten} of ${all} have no other that beats them in all three`,
  over: (images: number, isTest: boolean, seeds: number): string =>
    `means over ${counted(seeds, 'seed')} and the pairs of them, ${counted(images, isTest ? 'test image' : 'validation image')}`,
  luck: 'the best of many is partly luck',
  verdict: {
    none: 'The winner is not tested yet.',
    behind: (winner: string, below: string): string =>
      `${winner} is clearly below ${below}: this search found no schedule that has both.`,
    unclear: (winner: string, missing: string): string =>
      `${winner} is clearly below no reference in any of the three measures, but not clearly above ${missing} in any either: this test cannot tell whether it has both.`,
    ahead: (winner: string): string =>
      `${winner} has both: it is clearly below no reference in any of the three measures, and clearly above each in at least one.`,
    above: (above: string): string => `It is clearly above ${above}.`,
    aboveNone: 'It is clearly above no reference.',
    shortened: (share: string): string =>
      `All trainings were shortened to ${share} of their steps: this shows how a search goes, not what comes of it.`,
  },
  evidence: (above: string, seeds: number, images: number): string =>
    `Found by a search, then tested on ${counted(seeds, 'fresh seed')} and ${counted(images, 'test image')}: clearly above ${above}, clearly below none of them in accuracy, gain kept or midpoint.`,
});
