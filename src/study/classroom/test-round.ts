/** The head of a round of a class, for tests. */
import type { RoundHead } from './messages.ts';

export const ROUND: RoundHead = {
  type: 'round',
  id: 7,
  round: 2,
  clients: [0],
  seed: 1,
  arm: 'lora',
  rule: 'fedit',
  known: 0,
  whole: false,
  updates: [],
  seconds: null,
};
