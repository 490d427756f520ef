/** The forms of LoRA's skinny products: how many threads share a row, or the rows of a sum. */
import { GRADIENT_VECTORS, gradientBytes } from '../kernels/lora-gradient.ts';
import { PROJECT_THREADS, projectBytes, type ProjectVariant } from '../kernels/lora-project.ts';
import { sizeClass, type Family } from './forms.ts';

export interface ProjectProblem {
  readonly variant: Omit<ProjectVariant, 'lanes'>;
  readonly segments: number;
  readonly rows: number;
  /** Values of the longest row that is projected. */
  readonly features: number;
  readonly rank: number;
}

const LANES = [1, 4, 8, 16, 32];
const USUAL_LANES = 8;

/** A form is the number of threads that share a row. */
export const PROJECTIONS_TO_RANK: Family<ProjectProblem, number> = {
  id: 'LoRA projection',
  siteOf: ({ variant: { terms, u, v, dropout, half }, segments, rows, features, rank }) =>
    `${sizeClass(segments)} of ${sizeClass(rows)} rows, ${features} to ${rank}, ${terms} to ${[...(u ? ['u'] : []), ...(v ? ['v'] : [])].join(' and ')}${dropout ? ', dropout' : ''}${half ? ', of halves' : ''}`,
  nameOf: (lanes) => `${lanes} lanes`,
  // A barrier costs more than it saves on software adapters.
  usual: ({ software }) => (software ? 1 : USUAL_LANES),
  others: ({ software, invocations, workgroupBytes }, { features }) =>
    LANES.filter(
      (lanes) =>
        lanes !== (software ? 1 : USUAL_LANES) &&
        PROJECT_THREADS <= invocations &&
        projectBytes(lanes) <= workgroupBytes &&
        4 * lanes <= features,
    ),
  sameOrder: (_, a, b) => a === b,
};

export interface GradientProblem {
  readonly terms: number;
  readonly dropout: boolean;
  /** x was kept as halves. */
  readonly half: boolean;
  /** Pairs of a term and a slot. */
  readonly entries: number;
  /** Rows of a group. */
  readonly rows: number;
  readonly features: number;
  readonly rank: number;
}

const PARTS = [4, 8, 16];
const USUAL_PARTS = 8;

/** A form is the number of threads that share the rows of a sum. */
export const FACTOR_GRADIENTS: Family<GradientProblem, number> = {
  id: 'LoRA gradient',
  siteOf: ({ terms, dropout, half, entries, rows, features, rank }) =>
    `${sizeClass(entries)} of ${sizeClass(rows)} rows, ${features} by ${rank}, ${terms}${dropout ? ', dropout' : ''}${half ? ', of halves' : ''}`,
  nameOf: (parts) => `${parts} parts`,
  usual: () => USUAL_PARTS,
  others: ({ invocations, workgroupBytes }) =>
    PARTS.filter(
      (parts) =>
        parts !== USUAL_PARTS && parts * GRADIENT_VECTORS <= invocations && gradientBytes(parts) <= workgroupBytes,
    ),
  sameOrder: (_, a, b) => a === b,
};
