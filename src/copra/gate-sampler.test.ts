import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatesOfPlayers } from '../core/adapter-layout.ts';
import { createGateSampler } from './gate-sampler.ts';
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
    const changed = { ...settings, p0: 0.3, rampFraction: 0.2, keepProbability: 0.9, inputDropout: 0.6 } as const;
    for (const method of METHODS) {
      const named: readonly string[] = method.settings;
      const foreign = Object.fromEntries(Object.entries(changed).filter(([name]) => !named.includes(name)));
      const mixed = { ...settings, ...foreign };
      for (const step of [0, 10, 60, 99])
        expect(method.probability(step, 100, mixed)).toBe(method.probability(step, 100, settings));
      expect(method.inputDropout(mixed)).toBe(method.inputDropout(settings));
    }
  });

  it('do what they are named for', () => {
    expect(methodOf('lora').probability(0, 100, settings)).toBe(1);
    expect(methodOf('layer-drop').probability(99, 100, settings)).toBe(0.5);
    expect(methodOf('lora-dropout').inputDropout(settings)).toBe(0.25);
    expect(methodOf('lora').inputDropout(settings)).toBe(0);
    expect(methodOf('copra').probability(30, 80, settings)).toBeCloseTo(0.5, 12);
  });

  it('an unknown id is refused with the known ones', () => {
    expect(() => methodOf('dora')).toThrow(
      'There is no method "dora"; known are lora, copra, layer-drop, lora-dropout.',
    );
  });
});
