/** The list of merging methods, for choosers and tables. merge-adapters.ts implements them. */
import type { Alignment, MergeMethod } from './method-ids.ts';

interface MethodEntry {
  readonly id: MergeMethod;
  readonly name: string;
  readonly description: string;
  /** The merged quantity: the factors A and B, whose split between them matters and can be aligned, or the updates ΔW. */
  readonly on: 'factors' | 'updates';
  /** True if the method has a free factor λ on the merged update, which its paper tunes on held-out images; of PEFT's it is the size of their weights. */
  readonly scaled: boolean;
  /** True if only a share of the entries, the density, is kept. */
  readonly trims: boolean;
}

export const MERGE_METHODS = [
  {
    id: 'factors',
    name: 'Average A and B',
    description: 'The factors are averaged separately: linear fusion, the factor path of the landscape.',
    on: 'factors',
    scaled: false,
    trims: false,
  },
  {
    id: 'updates',
    name: 'Average the updates',
    description: 'Σ w·ΔW exactly, the product path; PEFT’s cat. The rank is the sum of the ranks.',
    on: 'updates',
    scaled: false,
    trims: false,
  },
  {
    id: 'task-arithmetic',
    name: 'Task arithmetic',
    description: 'λ · Σ w·ΔW: the average of the updates times a factor (Ilharco et al. 2023).',
    on: 'updates',
    scaled: true,
    trims: false,
  },
  {
    id: 'svd',
    name: 'Average, then SVD',
    description: 'The average of the updates, brought back to the rank of the sources by its leading singular values.',
    on: 'updates',
    scaled: false,
    trims: false,
  },
  {
    id: 'quotient-mean',
    name: 'Mean modulo rotation',
    description:
      'Balanced factors rotated onto their own mean until it stays: the mean of the adapters whatever their split into A and B (cf. da Silva et al. 2026).',
    on: 'updates',
    scaled: false,
    trims: false,
  },
  {
    id: 'lora-lego',
    name: 'LoRA-LEGO',
    description:
      'Columns of B with their rows of A, grouped by likeness over all adapters, one mean a group (Zhao et al. 2025).',
    on: 'factors',
    scaled: false,
    trims: false,
  },
  {
    id: 'magnitude',
    name: 'Magnitude',
    description: 'The small entries of every ΔW are set to zero, then the updates are averaged.',
    on: 'updates',
    scaled: true,
    trims: true,
  },
  {
    id: 'ties',
    name: 'TIES',
    description:
      'Small entries of every ΔW trimmed, one sign elected per entry, those that agree averaged (Yadav 2023).',
    on: 'updates',
    scaled: true,
    trims: true,
  },
  {
    id: 'dare-linear',
    name: 'DARE',
    description: 'Entries of every ΔW dropped at random and the rest scaled up, then averaged (Yu et al. 2024).',
    on: 'updates',
    scaled: true,
    trims: true,
  },
  {
    id: 'dare-ties',
    name: 'DARE + TIES',
    description: 'Entries dropped at random and the rest scaled up, then signs elected as TIES does.',
    on: 'updates',
    scaled: true,
    trims: true,
  },
  {
    id: 'knots-ties',
    name: 'KnOTS + TIES',
    description: 'The updates written in one common basis by an SVD, where TIES merges them (Stoica et al. 2024).',
    on: 'updates',
    scaled: true,
    trims: true,
  },
  {
    id: 'core-ties',
    name: 'Core Space + TIES',
    description:
      'The updates written in the bases that all A and all B span, where TIES merges them (Panariello et al. 2025).',
    on: 'factors',
    scaled: true,
    trims: true,
  },
  {
    id: 'compressed-ties',
    name: 'Compressed, then TIES',
    description:
      'The updates brought to the rank of one adapter in two shared subspaces, where TIES merges them (He et al. 2026).',
    on: 'updates',
    scaled: true,
    trims: true,
  },
  {
    id: 'iso-c',
    name: 'Iso-C',
    description: 'The singular values of the average all replaced by their mean (Marczak et al. 2025).',
    on: 'updates',
    scaled: true,
    trims: false,
  },
  {
    id: 'tsv-m',
    name: 'TSV-M',
    description: 'Singular vectors of all updates made orthogonal to one another (Gargiulo et al. 2025).',
    on: 'updates',
    scaled: true,
    trims: false,
  },
  {
    id: 'model-stock',
    name: 'Model stock',
    description: 'The average drawn towards the backbone, the more the less the updates agree (Jang et al. 2024).',
    on: 'updates',
    scaled: false,
    trims: false,
  },
  {
    id: 'peft-linear',
    name: 'PEFT linear',
    description:
      'What PEFT’s add_weighted_adapter calls linear, with weights of λ·w: √(λ·w) on A and on B, with cross terms.',
    on: 'factors',
    scaled: true,
    trims: false,
  },
  {
    id: 'peft-ties',
    name: 'PEFT TIES',
    description:
      'PEFT’s ties: small entries of A and B trimmed, one sign elected per entry, those that agree averaged.',
    on: 'factors',
    scaled: true,
    trims: true,
  },
  {
    id: 'peft-dare-linear',
    name: 'PEFT DARE',
    description: 'PEFT’s dare_linear: entries of A and B dropped at random and the rest scaled up, then as linear.',
    on: 'factors',
    scaled: true,
    trims: true,
  },
  {
    id: 'peft-dare-ties',
    name: 'PEFT DARE + TIES',
    description: 'PEFT’s dare_ties: entries of A and B dropped at random and the rest scaled up, then signs elected.',
    on: 'factors',
    scaled: true,
    trims: true,
  },
  {
    id: 'peft-magnitude',
    name: 'PEFT magnitude',
    description: 'PEFT’s magnitude_prune: small entries of A and B set to zero, then as linear.',
    on: 'factors',
    scaled: true,
    trims: true,
  },
] as const satisfies readonly MethodEntry[];

export const mergeMethod = (id: MergeMethod): MethodEntry => MERGE_METHODS.find((method) => method.id === id)!;

interface AlignmentEntry {
  readonly id: Alignment;
  readonly name: string;
  readonly description: string;
}

/** How factors are aligned before they are merged. */
export const ALIGNMENTS = [
  { id: 'none', name: 'as they are', description: 'A and B as training left them.' },
  {
    id: 'orthogonal',
    name: 'rotated',
    description:
      'Factors balanced by their singular values and rotated onto the first adapter’s (orthogonal Procrustes).',
  },
  {
    id: 'invertible',
    name: 'any invertible P',
    description: 'B·P and P⁻¹·A as near as possible to the first adapter’s factors, with P any invertible matrix.',
  },
] as const satisfies readonly AlignmentEntry[];
