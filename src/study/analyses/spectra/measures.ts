/** What is read off the spectra of a run: per layer, and as one number. */
import type { Player } from '../../../core/adapter-layout.ts';
import type { SeedValue } from '../../../core/crossed-interval.ts';
import { mean } from '../../../core/statistics.ts';
import { effectiveRank, stableRank } from '../../../copra/spectra/spectrum.ts';
import type { SpectraResult } from './result.ts';

/** The singular values of one projection. */
export function spectrumOf({ maps, singular }: SpectraResult, map: number): readonly number[] {
  const rank = singular.length / maps.length;
  return singular.slice(map * rank, (map + 1) * rank);
}

export interface SpectraMeasure {
  readonly id: 'effective' | 'stable' | 'intruders' | 'condition';
  /** Shown in per cent. */
  readonly share?: true;
  /** Of a projection of a run; null where it is not known. */
  readonly value: (entry: SpectraResult, map: number) => number | null;
  /** Mean over projections. */
  readonly over: (values: readonly number[]) => number;
}

/** Condition numbers are ratios, and a few are very large. */
const geometricMean = (values: readonly number[]): number => Math.exp(mean(values.map(Math.log)));

export const SPECTRA_MEASURES: readonly SpectraMeasure[] = [
  {
    id: 'effective',
    value: (entry, map) => effectiveRank(spectrumOf(entry, map)),
    over: mean,
  },
  {
    id: 'stable',
    value: (entry, map) => stableRank(spectrumOf(entry, map)),
    over: mean,
  },
  {
    id: 'intruders',
    share: true,
    value: ({ intruders }, map) => intruders?.[map] ?? null,
    over: mean,
  },
  {
    id: 'condition',
    value: ({ condition }, map) => condition?.[map] ?? null,
    over: geometricMean,
  },
];

/** The mean over the given projections where the measure is known; null if it is for none. */
function meanOver(entry: SpectraResult, { value, over }: SpectraMeasure, maps: readonly number[]): number | null {
  const known = maps.map((map) => value(entry, map)).filter((one) => one !== null);
  return known.length > 0 ? over(known) : null;
}

/** The measure of a whole run. */
export const ofRun = (entry: SpectraResult, measure: SpectraMeasure): number | null =>
  meanOver(
    entry,
    measure,
    entry.maps.map((_, map) => map),
  );

/** The layers of an entry, from input to output, with the measure of each. */
export function ofLayers(
  entry: SpectraResult,
  measure: SpectraMeasure,
): readonly { readonly player: Player; readonly value: number | null }[] {
  const players = entry.maps.filter(
    ({ tower, layer }, i) => entry.maps.findIndex((map) => map.tower === tower && map.layer === layer) === i,
  );
  return players.map((player) => {
    const own = entry.maps.flatMap(({ tower, layer }, i) =>
      tower === player.tower && layer === player.layer ? [i] : [],
    );
    return { player, value: meanOver(entry, measure, own) };
  });
}

/**
 * The measure of every run of an arm, by seed. A condition number is one of two runs, of which the first is the same for all: more of them say nothing of
 * other first runs, so they have no interval.
 */
export function bySeed(spectra: readonly SpectraResult[], arm: string, measure: SpectraMeasure): SeedValue[] {
  const own = spectra.filter((entry) => entry.arm === arm);
  const first = measure.id === 'condition' ? own.filter(({ condition }) => !condition).slice(0, 1) : [];
  return own.flatMap((entry) => {
    const value = ofRun(entry, measure);
    return value === null ? [] : [{ seeds: [...first, entry].map(({ seed }) => seed), value, sensitivity: 0 }];
  });
}
