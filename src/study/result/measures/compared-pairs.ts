/** Pairs of arms that pages compare. */
import { pairsOf } from '../../../core/pairs.ts';
import type { StudyConfig } from '../../config/config.ts';
import { bestOfSweep } from '../best-of-sweep.ts';
import type { StudyResult } from '../result.ts';
import { sweepOf, type Sweep } from '../../config/sweep.ts';

/** Two arms, by id. */
interface Pair {
  readonly baseline: string;
  readonly other: string;
}

/** The arms of both methods of a sweep that share a value; an arm without a value is beside every one. */
const pairsOfSweep = ({ methods: [base, ...others] }: Sweep): Pair[] =>
  others.flatMap(({ arms }) =>
    arms.flatMap(({ id, value }) =>
      base.arms
        .filter((arm) => arm.value === value || arm.value === null || value === null)
        .map((arm) => ({ baseline: arm.id, other: id })),
    ),
  );

/** The same pairs once, whichever of both arms is the baseline. */
function distinct(pairs: readonly Pair[]): Pair[] {
  const nameOfPair = ({ baseline, other }: Pair): string => [baseline, other].sort().join('\n');
  return pairs.filter((pair, i) => pairs.findIndex((earlier) => nameOfPair(earlier) === nameOfPair(pair)) === i);
}

/** With more arms a link has no room for every pair of them. */
const FEW_ARMS = 4;

/**
 * What pages compare in every study of these arms: few arms each with each, as a reader chooses the one that the others are compared with; of more, every arm with the first, and with CopRA
 * or, in a sweep, with the other method at its value.
 */
export function comparedPairs({ arms }: Pick<StudyConfig, 'arms'>): Pair[] {
  if (arms.length <= FEW_ARMS)
    return pairsOf(arms).map(([baseline, other]) => ({ baseline: baseline.id, other: other.id }));
  const [first, ...others] = arms;
  const sweep = sweepOf({ arms });
  const copra = arms.find(({ method }) => method === 'copra');
  const further = sweep
    ? pairsOfSweep(sweep)
    : arms.flatMap(({ id }) => (copra && id !== copra.id ? [{ baseline: id, other: copra.id }] : []));
  return distinct([...others.map(({ id }) => ({ baseline: first.id, other: id })), ...further]);
}

/** The same, and those of which the study finds that they are to be compared: the methods of a sweep, each at its own best value. */
export function pairsComparedIn(result: Pick<StudyResult, 'config' | 'runs'>): Pair[] {
  const sweep = sweepOf(result.config);
  const [base, ...others] = (sweep && bestOfSweep(result, sweep)) ?? [];
  return distinct([...comparedPairs(result.config), ...others.map(({ arm }) => ({ baseline: base.arm, other: arm }))]);
}
