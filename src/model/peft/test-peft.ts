/** A small adapter base and what is written with it, for tests. */
import { createAdapterLayout, PROJECTIONS, type AdapterLayout } from '../../core/adapter-layout.ts';
import { hasHead, type AdapterBase } from './base.ts';
import type { Naming } from './names.ts';
import type { PeftOptions } from './write.ts';

export const SHAPE = { layers: 3, width: 6, mlpWidth: 10 };

export const baseOf = (family: AdapterBase['family']): AdapterBase => ({
  family,
  shapes: family === 'clip' ? { vision: SHAPE, text: { ...SHAPE, layers: 2, width: 4 } } : { vision: SHAPE },
  layerScales: null,
  rowNorms: null,
});

export const layoutFor = (base: AdapterBase, rank = 2): AdapterLayout =>
  createAdapterLayout(
    base.shapes,
    { rank, towers: ['vision', 'text'], projections: PROJECTIONS },
    hasHead(base.family) ? { classes: 4, features: SHAPE.width } : null,
  );

export const optionsOf = (
  base: AdapterBase,
  naming: Naming = 'v5',
  changes: Partial<PeftOptions> = {},
): PeftOptions => ({
  base,
  baseModel: 'someone/model',
  revision: null,
  naming,
  scaling: null,
  ...changes,
});
