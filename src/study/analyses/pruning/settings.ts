/** Settings of pruning. */
import type * as v from 'valibot';
import { analysisSchema } from '../../config/settings/analysis-rows.ts';
import { many, number, numbers, onOff } from '../../config/settings/rows.ts';

/** The set within which single weights are ranked before the smallest are removed (copra/pruning/unstructured.ts). */
export const PRUNING_SCOPES = ['factors', 'update', 'tensors'] as const;

export const PRUNING_SETTINGS = {
  enabled: onOff({
    label: 'Pruning',
    query: 'pruning',
    usual: true,
  }),
  sparsities: numbers({
    label: 'Sparsities',
    query: 'sparsities',
    min: 0,
    max: 1,
    fewest: 0,
    most: 101,
    usual: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99],
  }),
  scopes: many({
    label: 'Weights removed from',
    query: 'pruning-scopes',
    options: ['factors', 'tensors', 'update'] satisfies (typeof PRUNING_SCOPES)[number][],
    none: true,
    usual: ['factors', 'tensors', 'update'],
  }),
  randomMasks: number({
    label: 'Random masks',
    query: 'random-masks',
    min: 0,
    max: 100,
    whole: true,
    step: 1,
    usual: 5,
  }),
};

export const PruningSchema = analysisSchema(PRUNING_SETTINGS);
export type PruningSettings = v.InferOutput<typeof PruningSchema>;
