/** What the ways of merging are called and do, in a sentence. Names of the literature are names. */
import { catalogue } from '../../core/language/catalogue.ts';
import type { MergeMethod } from './method-ids.ts';

interface MethodWords {
  readonly name: string;
  readonly description: string;
}

const METHODS: Readonly<Record<MergeMethod, MethodWords>> = {
  factors: {
    name: 'Average A and B',
    description: 'The factors are averaged separately: linear fusion, the factor path of the landscape.',
  },
  updates: {
    name: 'Average the updates',
    description: 'Σ w·ΔW exactly, the product path; PEFT’s cat. The rank is the sum of the ranks.',
  },
  'task-arithmetic': {
    name: 'Task arithmetic',
    description: 'λ · Σ w·ΔW: the average of the updates times a factor (Ilharco et al. 2023).',
  },
  svd: {
    name: 'Average, then SVD',
    description: 'The average of the updates, brought back to the rank of the sources by its leading singular values.',
  },
  'quotient-mean': {
    name: 'Mean modulo rotation',
    description:
      'Balanced factors rotated onto their own mean until it stays: the mean of the adapters whatever their split into A and B (cf. da Silva et al. 2026).',
  },
  'lora-lego': {
    name: 'LoRA-LEGO',
    description:
      'Columns of B with their rows of A, grouped by likeness over all adapters, one mean a group (Zhao et al. 2025).',
  },
  magnitude: {
    name: 'Magnitude',
    description: 'The small entries of every ΔW are set to zero, then the updates are averaged.',
  },
  ties: {
    name: 'TIES',
    description:
      'Small entries of every ΔW trimmed, one sign elected per entry, those that agree averaged (Yadav 2023).',
  },
  'dare-linear': {
    name: 'DARE',
    description: 'Entries of every ΔW dropped at random and the rest scaled up, then averaged (Yu et al. 2024).',
  },
  'dare-ties': {
    name: 'DARE + TIES',
    description: 'Entries dropped at random and the rest scaled up, then signs elected as TIES does.',
  },
  'knots-ties': {
    name: 'KnOTS + TIES',
    description: 'The updates written in one common basis by an SVD, where TIES merges them (Stoica et al. 2024).',
  },
  'core-ties': {
    name: 'Core Space + TIES',
    description:
      'The updates written in the bases that all A and all B span, where TIES merges them (Panariello et al. 2025).',
  },
  'compressed-ties': {
    name: 'Compressed, then TIES',
    description:
      'The updates brought to the rank of one adapter in two shared subspaces, where TIES merges them (He et al. 2026).',
  },
  'iso-c': {
    name: 'Iso-C',
    description: 'The singular values of the average all replaced by their mean (Marczak et al. 2025).',
  },
  'tsv-m': {
    name: 'TSV-M',
    description: 'Singular vectors of all updates made orthogonal to one another (Gargiulo et al. 2025).',
  },
  'model-stock': {
    name: 'Model stock',
    description: 'The average drawn towards the backbone, the more the less the updates agree (Jang et al. 2024).',
  },
  'peft-linear': {
    name: 'PEFT linear',
    description:
      'What PEFT’s add_weighted_adapter calls linear, with weights of λ·w: √(λ·w) on A and on B, with cross terms.',
  },
  'peft-ties': {
    name: 'PEFT TIES',
    description:
      'PEFT’s ties: small entries of A and B trimmed, one sign elected per entry, those that agree averaged.',
  },
  'peft-dare-linear': {
    name: 'PEFT DARE',
    description: 'PEFT’s dare_linear: entries of A and B dropped at random and the rest scaled up, then as linear.',
  },
  'peft-dare-ties': {
    name: 'PEFT DARE + TIES',
    description: 'PEFT’s dare_ties: entries of A and B dropped at random and the rest scaled up, then signs elected.',
  },
  'peft-magnitude': {
    name: 'PEFT magnitude',
    description: 'PEFT’s magnitude_prune: small entries of A and B set to zero, then as linear.',
  },
};

export const MERGING_METHOD_WORDS = catalogue('mergingMethods', METHODS);
