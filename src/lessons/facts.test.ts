import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../tests/fixtures/study-result.ts';
import { armFacts, betweenSeeds } from './facts.ts';
import { runOf } from '../study/result/run-names.ts';

const whole = studyResultFixture({ seeds: 3 });
const [first, ...others] = whole.config.seeds;

/** Without the runs of CopRA with these seeds. */
const without = (...lost: readonly number[]) => {
  const isLost = (arm: string, seeds: readonly number[]) =>
    arm === 'copra' && seeds.some((seed) => lost.includes(seed));
  return {
    ...whole,
    runs: whole.runs.map((run) => (isLost(run.arm, [run.seed]) ? { ...run, diverged: 3, test: null } : run)),
    landscape: whole.landscape.filter(({ arm, seeds }) => !isLost(arm, seeds)),
    pruning: whole.pruning.filter(({ arm, seed }) => !isLost(arm, [seed])),
    shapley: whole.shapley.filter(({ arm, seed }) => !isLost(arm, [seed])),
  };
};

describe('the numbers of arms that lessons quote', () => {
  it('are of the seeds that no arm lost, as what is said of their difference is', () => {
    const facts = armFacts(without(first), 'lora')!;
    const own = (seed: number) => runOf(whole.runs, 'lora', seed)!.test!.accuracy;
    expect(facts.accuracies).toEqual(others.map(own));
    expect(betweenSeeds(facts)!.pairs).toBe(1);
    expect(armFacts(without(first), 'copra')!.accuracies).toHaveLength(others.length);
    expect(facts.retained('even')).toHaveLength(others.length);
    expect(betweenSeeds(armFacts(whole, 'lora'))!.pairs).toBe(3);
  });

  it('are of all that there is where every seed is lost', () => {
    expect(armFacts(without(...whole.config.seeds), 'lora')!.accuracies).toHaveLength(3);
    expect(armFacts(without(...whole.config.seeds), 'copra')!.accuracies).toEqual([]);
  });
});
