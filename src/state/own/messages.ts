/** Who answers about a picture of the reader's own, in words. */
import { catalogue } from '../../core/language/catalogue.ts';

export const RESPONDENT_WORDS = catalogue('respondents', {
  backbone: 'Backbone',
  seed: (seed: number) => `seed ${seed}`,
  between: (lambda: string, first: number, second: number) => `λ = ${lambda} between seeds ${first} and ${second}`,
  mergeOf: (adapters: number) => `Merge of ${adapters}`,
  averaging: { factors: 'A and B averaged', updates: 'B·A averaged' },
  noAnswer: (name: string) => `${name}: no answer.`,
});
