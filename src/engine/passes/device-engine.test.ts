import { describe, expect, it } from 'vitest';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import { loadedEngine, testClip, testPopulation, testVit } from './test-models.ts';

describe('an engine without a model', () => {
  it('says what to do', () => {
    const engine = loadedEngine(createReferenceDevice(), testVit());
    const { spec } = testPopulation(testVit());
    expect(() =>
      engine.createTrainer({ ...spec, objective: { kind: 'clip', classes: 1, tokens: Int32Array.of(11) } }),
    ).toThrow('no text tower');
    engine.dispose();
    expect(() => engine.createTrainer(spec)).toThrow('Load a backbone');
  });

  it('frees the model that another replaces', () => {
    const device = createReferenceDevice();
    const engine = loadedEngine(device, testClip());
    const bytes = device.memoryBytes();
    engine.load(testVit());
    engine.load(testClip());
    expect(device.memoryBytes()).toBe(bytes);
    engine.dispose();
    expect(device.memoryBytes()).toBe(0);
  });
});
