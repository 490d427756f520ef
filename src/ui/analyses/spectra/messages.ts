/** The words of the spectra of updates. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';
import { countedAll } from '../../../core/counted-all.ts';
import { compact } from '../../../core/number-format.ts';

export const SPECTRA_WORDS = catalogue('spectra', {
  message: 'Over how many directions the update of a layer is spread.',
  /** @param directions of the frozen weights that are compared; 0: none */
  help: (directions: number, threshold: number): string[] => [
    'The singular values of an update ΔW tell how many directions share it. The effective rank is exp of their entropy: 1 where one direction has it all, r where all r are equal. The stable rank is ‖ΔW‖² by the square of the largest singular value, and follows the strongest directions more closely.',
    `Intruders are leading singular directions of W + ΔW that are unlike every singular direction of the frozen W${directions > 0 ? `: of the first ${directions}, those with no cosine of ${compact(threshold)} or more` : ''}.`,
    'P is the matrix that brings the factors of a run nearest to those of the arm’s first run without changing its updates. Its condition number is 1 for a rotation; where it is large, P stretches some directions and shrinks others. It is averaged as a logarithm.',
  ],
  /** What DoRA arms are left out of (results/left-out.ts); dative in German. */
  subject: 'the spectra of updates',
  projections: (counts: readonly number[]): string => countedAll(counts, 'projection'),
  measureShown: 'Spectra: measure shown',
  awaited: 'The spectra of all updates appear here when training is done.',
  off: 'Switch on Spectra under Analyses to see over how many directions updates are spread.',
  measures: {
    effective: 'Effective rank',
    stable: 'Stable rank',
    intruders: 'Intruders',
    condition: 'Condition of P',
  },
  /** For a row of buttons. */
  shortMeasures: { effective: 'Effective rank', stable: 'Stable', intruders: 'Intruders', condition: 'P' },
  inPercent: (measure: string): string => `${measure}, %`,
  head: ['Measure', 'Arm', 'Layer', 'Mean', '±', 'Seeds'],
  tableTitle: 'Spectra of whole adapters',
  /** @param seeds that the numbers are over */
  tableCaption: (seeds: number): string =>
    seeds > 1
      ? `Mean over projections, ± standard deviation over ${counted(seeds, 'seed')}. Differences are paired by seed, with their 95 % interval over seeds; strong where that leaves 0 out.`
      : 'Mean over projections, of one seed.',
  measure: 'Measure',
  caption: {
    over: (projections: readonly number[], spread: string): string =>
      `means over ${countedAll(projections, 'projection')}, ${spread}`,
  },
});
