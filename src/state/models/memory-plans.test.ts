import { expect, test, vi } from 'vitest';
import { PRESETS } from '../../study/presets/presets.ts';
import type { Asked } from '../../worker/protocol.ts';
import { answering } from '../../worker/test-answers.ts';
import { CURATED } from './curated-backbones.ts';
import { createMemoryPlans, memoryKey } from './memory-plans.ts';

const [{ config }] = PRESETS;
const FACTS = CURATED.slice(0, 2).map(({ facts }) => facts);
const NOTE = { bytes: 1e9, uncut: 2e9, limit: 4e9 };

function setUp(kept: string | null = null) {
  const values = new Map(kept === null ? [] : [['copra:memory', kept]]);
  const settings = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
  const planMemory = vi.fn(({ facts }: Asked<'plan-memory'>) => Promise.resolve(facts.map(() => NOTE)));
  const limitMemory = vi.fn();
  const client = { ...answering({ 'plan-memory': planMemory }), limitMemory };
  return { plans: createMemoryPlans({ client, settings }), planMemory, limitMemory, values };
}

test('every backbone is planned once for a device, its settings, the bound and the precision', async () => {
  const { plans, planMemory, limitMemory } = setUp();
  await plans.plan('a card', config, FACTS);
  await plans.plan('a card', config, FACTS);
  expect(planMemory).toHaveBeenCalledTimes(1);
  expect(plans.getState().notes[memoryKey(config, FACTS[1])]).toEqual(NOTE);
  await plans.plan('a card', { ...config, seeds: [1, 2, 3, 4, 5] }, FACTS);
  expect(planMemory).toHaveBeenCalledTimes(2);
  const renamed = config.arms.map((arm) => ({ ...arm, name: `${arm.name} x` }));
  await plans.plan('a card', { ...config, arms: renamed }, FACTS);
  expect(planMemory).toHaveBeenCalledTimes(2);
  plans.setLimit(3e9);
  await plans.plan('a card', config, FACTS);
  await plans.plan('kernels', config, FACTS);
  expect(planMemory).toHaveBeenCalledTimes(4);
  expect(limitMemory.mock.calls).toEqual([[3e9]]);
  plans.notePrecision('f16');
  await plans.plan('kernels', config, FACTS);
  expect(planMemory).toHaveBeenCalledTimes(5);
});

test('the bound is kept, and given up', () => {
  const { plans, limitMemory, values } = setUp('6000000000');
  expect(plans.getState().limit).toBe(6e9);
  expect(limitMemory).toHaveBeenCalledWith(6e9);
  plans.setLimit(null);
  expect(limitMemory).toHaveBeenLastCalledWith(null);
  expect([...values]).toEqual([]);
  expect(setUp('no number').plans.getState().limit).toBeNull();
});

test('the bound holds for this visit where storage is full', () => {
  const limitMemory = vi.fn();
  const full = (): never => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  const settings = { getItem: () => null, setItem: full, removeItem: full };
  const plans = createMemoryPlans({ client: { ...answering({}), limitMemory }, settings });
  for (const bytes of [3e9, null]) {
    plans.setLimit(bytes);
    expect(plans.getState().limit).toBe(bytes);
    expect(limitMemory).toHaveBeenLastCalledWith(bytes);
  }
});

test('a device that cannot plan says nothing', async () => {
  const { plans, planMemory } = setUp();
  planMemory.mockRejectedValueOnce(new Error('lost'));
  await plans.plan('a card', config, FACTS);
  expect(plans.getState().notes).toEqual({});
});
