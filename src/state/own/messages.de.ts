/** Who answers about a picture of the reader's own, in German. */
import type { RESPONDENT_WORDS } from './messages.ts';

export const respondents: typeof RESPONDENT_WORDS = {
  backbone: 'Backbone',
  seed: (seed) => `Seed ${seed}`,
  between: (lambda, first, second) => `λ = ${lambda} zwischen Seed ${first} und Seed ${second}`,
  mergeOf: (adapters) => `${adapters} Adapter gemergt`,
  averaging: { factors: 'A und B gemittelt', updates: 'B·A gemittelt' },
  noAnswer: (name) => `${name}: keine Antwort.`,
};
