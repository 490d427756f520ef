/** The forms of LoRA's skinny products: how many threads share a row, or the rows of a sum, and how many workgroups do. */
import { GRADIENT_RANKS, GRADIENT_SUMS, GRADIENT_VECTORS, gradientBytes } from '../kernels/lora-gradient.ts';
import { PROJECT_THREADS, projectBytes, type ProjectVariant } from '../kernels/lora-project.ts';
import { FULL_WORKGROUPS, SCRATCH_BYTES, sizeClass, SPLITS, type Family } from './forms.ts';

export interface ProjectProblem {
  readonly variant: Omit<ProjectVariant, 'lanes'>;
  readonly segments: number;
  readonly rows: number;
  /** Values of the longest row that is projected. */
  readonly features: number;
  readonly rank: number;
}

/** From the usual number outwards: the likely first. */
const LANES = [8, 16, 4, 32, 1];
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

export interface GradientForm {
  /** Threads of a workgroup that share the rows of a sum. */
  readonly parts: number;
  /** Workgroups that do. */
  readonly workgroups: number;
}

/** Workgroups of a dispatch for one factor, if none shares its rows with another: columns by ranks. */
export const gradientBlocks = (features: number, rank: number): number =>
  Math.ceil(features / (4 * GRADIENT_VECTORS)) * Math.ceil(rank / GRADIENT_RANKS);

const PARTS = [8, 16, 4];
const USUAL_PARTS = 8;
/** Rows of a group that a workgroup keeps at least. */
const LEAST_ROWS = 64;

/** Many rows for few workgroups. An adapter that computes on the processor has nothing to fill. */
function splitsOf(software: boolean, { entries, rows, features, rank }: GradientProblem): number[] {
  const all = 2 * entries * gradientBlocks(features, rank);
  if (software || all >= FULL_WORKGROUPS) return [];
  return SPLITS.filter((split) => rows >= LEAST_ROWS * split && 4 * GRADIENT_SUMS * split * all <= SCRATCH_BYTES);
}

export const FACTOR_GRADIENTS: Family<GradientProblem, GradientForm> = {
  id: 'LoRA gradient',
  siteOf: ({ terms, dropout, half, entries, rows, features, rank }) =>
    `${sizeClass(entries)} of ${sizeClass(rows)} rows, ${features} by ${rank}, ${terms}${dropout ? ', dropout' : ''}${half ? ', of halves' : ''}`,
  nameOf: ({ parts, workgroups }) => `${parts} parts${workgroups === 1 ? '' : ` over ${workgroups} workgroups`}`,
  usual: () => ({ parts: USUAL_PARTS, workgroups: 1 }),
  others: ({ software, invocations, workgroupBytes }, problem) => [
    ...PARTS.filter(
      (parts) =>
        parts !== USUAL_PARTS && parts * GRADIENT_VECTORS <= invocations && gradientBytes(parts) <= workgroupBytes,
    ).map((parts) => ({ parts, workgroups: 1 })),
    ...splitsOf(software, problem).map((workgroups) => ({ parts: USUAL_PARTS, workgroups })),
  ],
  sameOrder: (_, a, b) => a.parts === b.parts && a.workgroups === b.workgroups,
};
