/** What people read about values that no study can have measured. */
import { catalogue } from '../../core/language/catalogue.ts';

export const VALUE_CHECKS = catalogue('studyValues', {
  measures: 'Losses and times are finite numbers.',
  counts: 'Counts, steps and seeds are whole numbers from 0 on.',
  shares: 'Accuracies and shares lie between 0 and 1.',
  differences: 'Differences of accuracies lie between −1 and 1.',
  texts: (most: number) => `Texts have at most ${most} characters.`,
  perImage: 'What is kept of single images is base64.',
  factors: 'A design effect is at least 1.',
  variances: 'Variances are 0 or larger.',
  motifs: 'Motifs are numbered from 0 on, in the order of their first images.',
  tape: 'An activation tape is base64 of bits.',
  sides: (most: number) => `Pictures are of 1 to ${most} pixels.`,
});
