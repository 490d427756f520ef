/** The path of one picture: how probable its true class is on the way from one run of an arm to another. Pure. */
import type { ArmConfig } from '../../study/config/config.ts';
import type { Averaging, PictureAnswers, PictureVariant } from '../../study/predictions/question.ts';
import { columnSpreads, type Spread } from '../summary/summary.ts';
import type { OwnAdapter } from './respondents.ts';

/** Points of a path. */
export const PATH_LAMBDAS: readonly number[] = Array.from({ length: 11 }, (_, i) => i / 10);

/** Most pairs of seeds that are asked about per arm: the first ones. */
export const MOST_PATH_PAIRS = 10;

export interface PathPair {
  readonly arm: string;
  readonly seeds: readonly [number, number];
  /** Ids of the adapters at λ = 0 and λ = 1. */
  readonly ends: readonly [string, string];
}

export interface PairPath extends PathPair {
  /** [λ]: probability of the true class. */
  readonly certainty: readonly number[];
  /** [λ]: the most probable class. */
  readonly predicted: readonly number[];
}

interface PathCurve {
  readonly arm: string;
  readonly name: string;
  readonly pairs: readonly PairPath[];
  /** [λ]: over pairs of seeds. */
  readonly spreads: readonly Spread[];
}

/** Pairs of runs at hand, first pairs of every arm first, so that no arm waits for another. */
export function pathPairs(
  arms: readonly Pick<ArmConfig, 'id'>[],
  adapters: readonly Pick<OwnAdapter, 'id' | 'run'>[],
): PathPair[] {
  const ofArms = arms.map(({ id: arm }) => {
    const own = adapters
      .flatMap(({ id, run }) => (run?.arm === arm ? [{ id, seed: run.seed }] : []))
      .toSorted((a, b) => a.seed - b.seed);
    return own
      .flatMap((second, at) =>
        own.slice(0, at).map((first): PathPair => ({
          arm,
          seeds: [first.seed, second.seed],
          ends: [first.id, second.id],
        })),
      )
      .slice(0, MOST_PATH_PAIRS);
  });
  const most = Math.max(0, ...ofArms.map(({ length }) => length));
  return Array.from({ length: most }, (_, i) => ofArms.flatMap((own) => own.slice(i, i + 1))).flat();
}

/** [λ] */
export const variantsAlong = ({ ends: [first, second] }: PathPair, method: Averaging): readonly PictureVariant[] =>
  PATH_LAMBDAS.map((lambda) => ({
    parts: [
      { adapter: first, weight: 1 - lambda },
      { adapter: second, weight: lambda },
    ],
    method,
    off: [],
  }));

/** What the adapters along a path say of one picture; null when one of them has no classifier. @param probabilities of variantsAlong(pair), in their order @param label true class */
export function pairPath(
  pair: PathPair,
  { probabilities }: Pick<PictureAnswers, 'probabilities'>,
  label: number,
): PairPath | null {
  const known = probabilities.filter((shares) => shares !== null);
  if (known.length < probabilities.length) return null;
  return {
    ...pair,
    certainty: known.map((shares) => shares[label]),
    predicted: known.map((shares) => shares.indexOf(Math.max(...shares))),
  };
}

/** Of arms with some pair, in the order of the study. */
export function pathCurves(
  arms: readonly Pick<ArmConfig, 'id' | 'name'>[],
  paths: readonly PairPath[],
): readonly PathCurve[] {
  return arms.flatMap(({ id, name }) => {
    const pairs = paths.filter(({ arm }) => arm === id);
    return pairs.length > 0
      ? [{ arm: id, name, pairs, spreads: columnSpreads(pairs.map(({ certainty }) => certainty)) }]
      : [];
  });
}
