import { expect, it } from 'vitest';
import { federatedFixture } from '../../../../tests/fixtures/federated.ts';
import { hasAveragedClients, hasAveragingErrors } from './federated.ts';

it('tells errors of averaging only where runs keep how long they are', () => {
  const result = federatedFixture({ rounds: 3, seeds: 1, done: () => 3 });
  const { federated } = result;
  if (!federated) throw new Error('The fixture has no federated runs.');
  const withNorms = (norms: { error: number[]; update: number[] } | undefined) => ({
    ...result,
    federated: { ...federated, runs: federated.runs.map((run) => ({ ...run, norms })) },
  });
  const results = [withNorms(undefined), withNorms({ error: [1, 1, 1], update: [1, 1, 1] })];
  expect(results.map((one) => hasAveragedClients(one))).toEqual([true, true]);
  expect(results.map((one) => hasAveragingErrors(one))).toEqual([false, true]);
});
