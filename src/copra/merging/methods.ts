/** The list of merging methods, for choosers and tables. merge-adapters.ts implements them. */
import { MERGING_METHOD_WORDS } from './messages.ts';
import { MERGE_METHOD_IDS, type Alignment, type MergeMethod } from './method-ids.ts';

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

const PROPERTIES: Readonly<Record<MergeMethod, Pick<MethodEntry, 'on' | 'scaled' | 'trims'>>> = {
  factors: { on: 'factors', scaled: false, trims: false },
  updates: { on: 'updates', scaled: false, trims: false },
  'task-arithmetic': { on: 'updates', scaled: true, trims: false },
  svd: { on: 'updates', scaled: false, trims: false },
  'quotient-mean': { on: 'updates', scaled: false, trims: false },
  'lora-lego': { on: 'factors', scaled: false, trims: false },
  magnitude: { on: 'updates', scaled: true, trims: true },
  ties: { on: 'updates', scaled: true, trims: true },
  'dare-linear': { on: 'updates', scaled: true, trims: true },
  'dare-ties': { on: 'updates', scaled: true, trims: true },
  'knots-ties': { on: 'updates', scaled: true, trims: true },
  'core-ties': { on: 'factors', scaled: true, trims: true },
  'compressed-ties': { on: 'updates', scaled: true, trims: true },
  'iso-c': { on: 'updates', scaled: true, trims: false },
  'tsv-m': { on: 'updates', scaled: true, trims: false },
  'model-stock': { on: 'updates', scaled: false, trims: false },
  'peft-linear': { on: 'factors', scaled: true, trims: false },
  'peft-ties': { on: 'factors', scaled: true, trims: true },
  'peft-dare-linear': { on: 'factors', scaled: true, trims: true },
  'peft-dare-ties': { on: 'factors', scaled: true, trims: true },
  'peft-magnitude': { on: 'factors', scaled: true, trims: true },
};

/** Named when they are shown: names are in the language of the page. */
export const MERGE_METHODS: readonly MethodEntry[] = MERGE_METHOD_IDS.map((id) => ({
  id,
  get name() {
    return MERGING_METHOD_WORDS[id].name;
  },
  get description() {
    return MERGING_METHOD_WORDS[id].description;
  },
  ...PROPERTIES[id],
}));

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
