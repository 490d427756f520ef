/** Names of the merging methods and alignments, as results, links and files have them. methods.ts says what they are. */

export const MERGE_METHOD_IDS = [
  'factors',
  'updates',
  'task-arithmetic',
  'svd',
  'quotient-mean',
  'lora-lego',
  'magnitude',
  'ties',
  'dare-linear',
  'dare-ties',
  'knots-ties',
  'core-ties',
  'compressed-ties',
  'iso-c',
  'tsv-m',
  'model-stock',
  'peft-linear',
  'peft-ties',
  'peft-dare-linear',
  'peft-dare-ties',
  'peft-magnitude',
] as const;
export type MergeMethod = (typeof MERGE_METHOD_IDS)[number];

/** How factors are aligned before they are merged. */
export const ALIGNMENT_IDS = ['none', 'orthogonal', 'invertible'] as const;
export type Alignment = (typeof ALIGNMENT_IDS)[number];
