/**
 * Assigns concepts to training, validation and testing. All images of a concept, in all styles, are on one side, and so are concepts that
 * share artwork (Concept.unit), so no test image has a twin in training. The split depends only on names, never on a seed.
 */
import { hash32 } from '../../core/hash.ts';
import { hashString } from '../../core/rng.ts';
import type { AtlasIndex } from './atlas.ts';

export type Side = 'train' | 'validation' | 'test';

/** Shares of the concepts; the rest is for training. */
export interface SplitShares {
  readonly test: number;
  readonly validation: number;
}

/**
 * Position of every concept in [0, 1): units in the order of the hash of their name, spread evenly within their subgroup, so that any
 * interval of positions holds its share of every subgroup.
 */
export function conceptPositions({ concepts }: Pick<AtlasIndex, 'concepts'>): Float64Array {
  const unitsOf = new Map<number, number[]>();
  concepts.forEach((concept, i) => {
    if (concept.unit !== i) return;
    const units = unitsOf.get(concept.subgroup);
    if (units) units.push(i);
    else unitsOf.set(concept.subgroup, [i]);
  });
  const key = (i: number) => hash32(hashString(concepts[i].name));
  const ofUnit = new Map<number, number>();
  for (const units of unitsOf.values()) {
    units.sort((a, b) => key(a) - key(b) || a - b);
    units.forEach((unit, rank) => ofUnit.set(unit, (rank + 0.5) / units.length));
  }
  return Float64Array.from(concepts, (concept) => ofUnit.get(concept.unit) as number);
}

/** Test concepts come first, then validation, then training: a larger test share contains the smaller one. */
export function sideOf(position: number, shares: SplitShares): Side {
  if (position < shares.test) return 'test';
  return position < shares.test + shares.validation ? 'validation' : 'train';
}
