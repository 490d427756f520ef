import { afterEach, expect, it, vi } from 'vitest';
import { printSummary } from '../../scripts/summary.ts';
import { federatedFixture } from '../fixtures/federated.ts';

afterEach(() => void vi.restoreAllMocks());

it('compares federated courses after the round that all have done, without those that diverged', () => {
  vi.spyOn(console, 'log').mockReturnValue();
  const table = vi.spyOn(console, 'table').mockReturnValue();
  const printed = (): unknown => table.mock.lastCall?.[0];
  const stopped = federatedFixture({
    rounds: 10,
    seeds: 1,
    status: 'stopped',
    done: (arm, _, rule) => (arm === 'copra' && rule === 'fedex-lora' ? 4 : 5),
  });
  printSummary(stopped);
  expect(printed()).toMatchObject({ FedIT: { LoRA: '43.0', CopRA: '44.0' } });
  printSummary(federatedFixture({ rounds: 10, seeds: 1, done: (arm) => (arm === 'lora' ? 3 : 10) }));
  expect(printed()).toMatchObject({ FedIT: { CopRA: '50.0' } });
  expect(printed()).not.toMatchObject({ FedIT: { LoRA: expect.anything() as unknown } });
});
