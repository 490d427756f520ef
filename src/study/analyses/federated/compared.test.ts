import { describe, expect, it } from 'vitest';
import { federatedFixture } from '../../../../tests/fixtures/federated.ts';
import { without } from '../../../core/without.ts';
import { packBits } from '../../../platform/bits.ts';
import { FEDERATED_ACCURACY, FEDERATED_ERROR } from '../../result/measures/federated.ts';
import { comparedRuns } from './compared.ts';

const roundsOf = (result: Parameters<typeof comparedRuns>[0]) => {
  const { rounds, runs } = comparedRuns(result);
  return { rounds, runs: runs.map(({ arm, seed, rule }) => `${arm} ${seed} ${rule}`) };
};

describe('federated runs that can be compared', () => {
  it('are those of all courses when all are done', () => {
    const { rounds, runs } = roundsOf(federatedFixture({ rounds: 10, done: () => 10 }));
    expect(rounds).toBe(10);
    expect(runs).toHaveLength(2 * 2 * 2);
  });

  it('are compared after a round that all have done, where a study was stopped between two arms', () => {
    const result = federatedFixture({
      rounds: 10,
      seeds: 1,
      status: 'stopped',
      done: (arm, _, rule) => (arm === 'copra' && rule === 'fedex-lora' ? 4 : 5),
    });
    expect(roundsOf(result)).toMatchObject({ rounds: 4, runs: { length: 4 } });
    expect(comparedRuns(result).diverged).toEqual([]);
    for (const arm of ['lora', 'copra'])
      expect(FEDERATED_ACCURACY.values(result, arm).map(({ value }) => value)).toEqual([
        result.federated?.runs.find((run) => run.arm === arm)?.accuracy[3],
      ]);
  });

  it('leave out what a diverging client ended, in a study that is complete, stopped or running', () => {
    for (const status of ['complete', 'stopped', 'running'] as const) {
      const result = federatedFixture({ rounds: 10, status, done: (arm) => (arm === 'lora' ? 3 : 10) });
      expect(roundsOf(result).rounds).toBe(10);
      expect(FEDERATED_ACCURACY.values(result, 'lora')).toEqual([]);
      expect(FEDERATED_ERROR.values(result, 'lora')).toEqual([]);
      expect(FEDERATED_ACCURACY.values(result, 'copra')).toHaveLength(2);
      expect(comparedRuns(result).diverged).toHaveLength(4);
      expect(comparedRuns(result).diverged[0]).toEqual({ arm: 'lora', seed: 0, rule: 'fedit', round: 4 });
    }
  });

  it('have others beside one that diverged in its first round, which is in no result', () => {
    const result = federatedFixture({ rounds: 10, done: (arm, seed) => (arm === 'lora' && seed === 0 ? 0 : 10) });
    expect(roundsOf(result).rounds).toBe(10);
    expect(comparedRuns(result).diverged.map(({ seed, round }) => [seed, round])).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(FEDERATED_ACCURACY.values(result, 'lora').map(({ seeds }) => seeds)).toEqual([[1]]);
  });

  it('are those that the result does not call diverged, also where courses do not advance in turn', () => {
    const running = federatedFixture({ rounds: 10, seeds: 1, done: (arm) => (arm === 'lora' ? 10 : 0) });
    const told = (diverged: number | null) => ({
      ...running,
      federated: { ...running.federated!, runs: running.federated!.runs.map((run) => ({ ...run, diverged })) },
    });
    // What the Flower app writes after the courses of LoRA.
    expect(comparedRuns({ ...told(null), status: 'stopped' })).toMatchObject({ rounds: 0, diverged: [] });
    expect(comparedRuns({ ...told(7), status: 'stopped' }).diverged.map(({ arm, round }) => [arm, round])).toEqual([
      ['lora', 7],
      ['lora', 7],
    ]);
    // An arm that was left out there is not waited for.
    expect(comparedRuns(told(null))).toMatchObject({ rounds: 10, runs: { length: 2 }, diverged: [] });
    expect(comparedRuns(told(null)).begun('copra')).toBe(0);
  });

  it('do not diverge by their lengths in results of the Flower app, which did not say it once', () => {
    const result = federatedFixture({ rounds: 10, seeds: 1, done: (arm) => (arm === 'lora' ? 10 : 4) });
    const python = { ...result, provenance: { ...result.provenance, backend: 'python' as const } };
    expect(comparedRuns(result).diverged).toHaveLength(2);
    expect(comparedRuns(python)).toMatchObject({ rounds: 4, runs: { length: 4 }, diverged: [] });
  });

  it('do not mix seeds after different rounds, and wait for arms whose first turn has not come', () => {
    const growing = federatedFixture({ rounds: 10, status: 'running', done: (_, seed) => (seed === 0 ? 10 : 3) });
    expect(roundsOf(growing)).toMatchObject({ rounds: 10, runs: { length: 4 } });
    const first = federatedFixture({
      rounds: 10,
      seeds: 1,
      status: 'running',
      done: (arm) => (arm === 'lora' ? 1 : 0),
    });
    expect(comparedRuns(first)).toMatchObject({ rounds: 0, runs: [], diverged: [] });
  });

  it('leave out a seed whose study was stopped before the other was united with it, and say nowhere that it diverged', () => {
    const result = federatedFixture({ rounds: 10, status: 'stopped', done: (_, seed) => (seed === 0 ? 4 : 10) });
    expect(comparedRuns(result)).toMatchObject({ rounds: 10, runs: { length: 4 }, diverged: [] });
    expect(FEDERATED_ACCURACY.values(result, 'lora').map(({ seeds }) => seeds)).toEqual([[1]]);
  });

  it('wait for no arm that clients do not train', () => {
    const result = federatedFixture({ rounds: 4, seeds: 1, done: (arm) => (arm === 'lora' ? 4 : 0) });
    const [lora, copra] = result.config.arms;
    const taken = { ...result, config: { ...result.config, arms: [lora, { ...copra, take: 'average' as const }] } };
    expect(comparedRuns(taken)).toMatchObject({ rounds: 4, runs: { length: 2 }, diverged: [] });
  });

  it('are compared in their error where the clients of all arms move about equally far', () => {
    const plain = federatedFixture({ rounds: 4, seeds: 1, done: () => 4 });
    const moving = (slower: readonly number[]) => {
      const runs = plain.federated!.runs.map((run) => ({
        ...run,
        // The same error beside an update half as long is twice the share.
        error: (run.arm === 'lora' ? [0.3, 0.1, 0.1, 0.1] : [0, 0.2, 0.2, 0.2]).map((value) => [value]),
        norms:
          run.arm === 'lora'
            ? { update: [1, 2, 3, 4], error: [0.3, 0.2, 0.3, 0.4] }
            : { update: [0, 1, 1.5, 2], error: [0, 0.2, 0.3, 0.4] },
        ...(run.arm === 'copra' && { movement: [...slower] }),
      }));
      return { ...plain, federated: { ...plain.federated!, runs } };
    };
    const errorsOf = (result: typeof plain) =>
      ['lora', 'copra'].map((arm) => FEDERATED_ERROR.values(result, arm).map(({ value }) => value));
    // The first round, in which one arm hardly trains, does not decide.
    const [[lora], [copra]] = errorsOf(moving([0.3, 1, 2, 2]));
    expect(lora).toBeCloseTo(0.175, 12);
    expect(copra).toBe(lora);
    expect(errorsOf(moving([0.3, 1, 1.5, 1.5]))).toEqual([[], []]);
    // Shares alone decide nothing.
    const alike = moving([0.3, 1, 2, 2]);
    const runs = alike.federated.runs.map((run) => without(run, 'norms'));
    expect(errorsOf({ ...alike, federated: { ...alike.federated, runs } })).toEqual([[], []]);
  });

  it('are compared in an error that does not grow with how far clients move', () => {
    const plain = federatedFixture({ rounds: 2, seeds: 1, done: () => 2 });
    // CopRA's clients move 5 % less, and what averaging misses is of second order in that.
    const [whole, less] = [1, 0.95];
    const runs = plain.federated!.runs.map((run) => {
      const moved = run.arm === 'lora' ? whole : less;
      return {
        ...run,
        movement: [4 * moved, moved],
        norms: { update: [1, 1], error: [0.8 * moved ** 2, 0.05 * moved ** 2] },
      };
    });
    const result = { ...plain, federated: { ...plain.federated!, runs } };
    const [[lora], [copra]] = ['lora', 'copra'].map((arm) => FEDERATED_ERROR.values(result, arm));
    expect(lora.value).toBeCloseTo(0.1, 12);
    expect(copra.value).toBeCloseTo(lora.value, 12);
  });

  it('have answers to single images after their last round alone', () => {
    const plain = federatedFixture({
      rounds: 10,
      seeds: 1,
      status: 'stopped',
      done: (arm) => (arm === 'lora' ? 5 : 4),
    });
    const test = 200;
    const right = packBits(Array.from({ length: test }, (_, i) => Number(i < 100)));
    const runs = plain.federated?.runs.map((run) => ({
      ...run,
      accuracy: run.accuracy.map(() => 0.5),
      correct: right,
    }));
    const result = { ...plain, task: { ...plain.task, test }, federated: { partitions: [], runs: runs ?? [] } };
    expect(FEDERATED_ACCURACY.values(result, 'lora')[0].byMotif).toBeUndefined();
    expect(FEDERATED_ACCURACY.values(result, 'copra')[0].byMotif).toBeDefined();
  });
});
