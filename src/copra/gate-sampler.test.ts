import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatesOfPlayers } from '../core/adapter-layout.ts';
import { createGateSampler, meanProbability } from './gate-sampler.ts';
import { mean } from '../core/statistics.ts';
import { METHODS, methodOf } from './methods/registry.ts';
import { smallLayout } from './test-layouts.ts';

const layout = smallLayout();
const settings = {
  schedule: 'linear',
  p0: 0,
  rampFraction: 0.75,
  granularity: 'layer',
  keepProbability: 0.5,
  inputDropout: 0.25,
  initialDropout: undefined,
  rescale: undefined,
  rampSlope: undefined,
} as const;
const id = fc.constantFrom(...METHODS.map((method) => method.id));
const on = (gates: Uint8Array) => gates.reduce((sum, gate) => sum + gate, 0);

describe('createGateSampler', () => {
  it('depends on seed and step only, in any order of the steps', () => {
    fc.assert(
      fc.property(id, fc.nat(), fc.nat(99), (method, seed, step) => {
        const forward = createGateSampler({ ...settings, method }, layout, 100, seed);
        for (let before = 0; before < 3; before++) forward(before);
        expect(forward(step)).toEqual(createGateSampler({ ...settings, method }, layout, 100, seed)(step));
        expect(on(forward(step).pairs)).toBeGreaterThan(0);
      }),
    );
  });

  it('layer granularity switches all pairs of a layer together', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(99), (seed, step) => {
        const { pairs, players } = createGateSampler({ ...settings, method: 'copra' }, layout, 100, seed)(step);
        expect(pairs).toEqual(gatesOfPlayers(layout, players));
      }),
    );
  });

  it('module granularity can split a layer', () => {
    const sampler = createGateSampler({ ...settings, method: 'copra', granularity: 'module' }, layout, 100, 0);
    expect(on(sampler(0).pairs)).toBe(1);
    const split = Array.from({ length: 50 }, (_, step) => sampler(step)).some(
      ({ pairs, players }) => on(gatesOfPlayers(layout, players)) !== on(pairs),
    );
    expect(split).toBe(true);
  });

  it('a layer that cannot be active yet has a factor that is finite', () => {
    // Over a ramp that ends earlier for shallow layers these are on in every step, while deep ones still wait at p = 0.
    const waiting = { ...settings, method: 'copra', schedule: 'constant', rampSlope: 1, rescale: true } as const;
    const sampler = createGateSampler(waiting, layout, 100, 0);
    for (let step = 0; step < 100; step++)
      expect([...sampler(step).factors!].filter((factor) => !Number.isFinite(factor))).toEqual([]);
  });

  it('CopRA at a constant schedule drops at one rate until its ramp would end', () => {
    const constant = createGateSampler({ ...settings, method: 'copra', schedule: 'constant', p0: 0.5 }, layout, 100, 3);
    const dropped = createGateSampler({ ...settings, method: 'layer-drop', keepProbability: 0.5 }, layout, 100, 3);
    const lora = createGateSampler({ ...settings, method: 'lora' }, layout, 100, 3);
    for (let step = 0; step < 100; step++) expect(constant(step)).toEqual((step < 75 ? dropped : lora)(step));
  });

  it('CopRA ends as plain LoRA; its first step trains one layer', () => {
    const copra = createGateSampler({ ...settings, method: 'copra' }, layout, 100, 3);
    const lora = createGateSampler({ ...settings, method: 'lora' }, layout, 100, 3);
    expect(on(copra(0).players)).toBe(1);
    for (let step = 75; step < 100; step++) expect(copra(step)).toEqual(lora(step));
  });
});

describe('methods', () => {
  it('have unique ids, a description and settings that exist', () => {
    expect(new Set(METHODS.map((method) => method.id)).size).toBe(METHODS.length);
    for (const method of METHODS) {
      expect(method.description.length).toBeGreaterThan(80);
      for (const name of method.settings) expect(settings).toHaveProperty(name);
    }
  });

  it('read only the settings they name', () => {
    const changed = {
      ...settings,
      p0: 0.3,
      rampFraction: 0.2,
      schedule: 'sine',
      keepProbability: 0.9,
      inputDropout: 0.6,
      initialDropout: 0.7,
    } as const;
    for (const method of METHODS) {
      const named: readonly string[] = method.settings;
      const foreign = Object.fromEntries(Object.entries(changed).filter(([name]) => !named.includes(name)));
      const mixed = { ...settings, ...foreign };
      for (const step of [0, 10, 60, 99]) {
        expect(method.probability(step, 100, mixed, 0.5)).toBe(method.probability(step, 100, settings, 0.5));
        expect(method.inputDropout(step, 100, mixed)).toBe(method.inputDropout(step, 100, settings));
      }
    }
  });

  it('do what they are named for', () => {
    expect(methodOf('lora').probability(0, 100, settings, 1)).toBe(1);
    expect(methodOf('layer-drop').probability(99, 100, settings, 1)).toBe(0.5);
    expect(methodOf('lora-dropout').inputDropout(0, 100, settings)).toBe(0.25);
    expect(methodOf('lora').inputDropout(0, 100, settings)).toBe(0);
    expect(methodOf('copra').probability(30, 80, settings, 1)).toBeCloseTo(0.5, 12);
    const depths = [0.25, 0.5, 0.75, 1];
    const kept = depths.map((depth) => methodOf('stochastic-depth').probability(7, 100, settings, depth));
    expect(kept).toEqual([0.875, 0.75, 0.625, 0.5]);
    expect(meanProbability({ ...settings, method: 'stochastic-depth' }, 7, 100, 4)).toBeCloseTo(mean(kept), 12);
    const rates = [0, 15, 30, 60, 75, 99].map((step) =>
      methodOf('progressive-dropout').inputDropout(step, 100, settings),
    );
    expect(rates).toEqual([0.9, 0.77, 0.64, 0.38, 0.25, 0.25].map((rate) => expect.closeTo(rate, 12) as number));
    const toNothing = { ...settings, inputDropout: 0, initialDropout: 0.5 };
    expect(methodOf('progressive-dropout').inputDropout(99, 100, toNothing)).toBe(0);
    expect(methodOf('progressive-dropout').inputDropout(0, 100, toNothing)).toBe(0.5);
  });

  it('stochastic depth drops layers as often as their depth says, projections with their layer’s probability', () => {
    const steps = 4000;
    for (const granularity of ['layer', 'module'] as const) {
      const sample = createGateSampler({ ...settings, method: 'stochastic-depth', granularity }, layout, steps, 5);
      const active = new Array<number>(layout.pairs.length).fill(0);
      for (let step = 0; step < steps; step++) sample(step).pairs.forEach((gate, pair) => (active[pair] += gate));
      active.forEach((count, pair) => {
        const p = 1 - ((layout.pairs[pair].layer + 1) / 4) * 0.5;
        expect(Math.abs(count / steps - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / steps) + 0.02);
      });
    }
  });

  it('the mean of gate times factor is 1 with rescaling; there are no factors without, or where nothing is dropped', () => {
    for (const method of ['layer-drop', 'stochastic-depth', 'copra']) {
      const steps = 6000;
      const constantRamp = { ...settings, method, rescale: true, p0: 0.2, rampFraction: 1, keepProbability: 0.3 };
      const sample = createGateSampler(constantRamp, layout, steps, 5);
      const sums = new Array<number>(layout.pairs.length).fill(0);
      for (let step = 0; step < steps; step++) {
        const { pairs, factors } = sample(step);
        pairs.forEach((gate, pair) => (sums[pair] += gate * (factors?.[pair] ?? NaN)));
      }
      for (const sum of sums) expect(Math.abs(sum / steps - 1)).toBeLessThan(0.1); // standard error at most 0.026
    }
    expect(createGateSampler({ ...settings, method: 'copra' }, layout, 100, 0)(0).factors).toBeNull();
    expect(createGateSampler({ ...settings, method: 'lora', rescale: true }, layout, 100, 0)(0).factors).toBeNull();
    const first = createGateSampler({ ...settings, method: 'copra', rescale: true }, layout, 100, 0);
    expect([...(first(0).factors ?? [])]).toEqual(new Array(layout.pairs.length).fill(4)); // p = 0: one of four layers
    expect([...(first(80).factors ?? [])]).toEqual(new Array(layout.pairs.length).fill(1));
  });

  it('an unknown id is refused with the known ones', () => {
    expect(() => methodOf('dora')).toThrow(
      'There is no method "dora"; known are lora, copra, layer-drop, stochastic-depth, lora-dropout, progressive-dropout.',
    );
  });
});
