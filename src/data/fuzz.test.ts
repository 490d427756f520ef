import { describe, expect, it } from 'vitest';
import { TARGETS, fuzz } from './test-fuzz.ts';

/** Per reader. scripts/fuzz-data.ts runs as many as it is told. */
const INPUTS = 1500;

describe('every reader ends in a plan, whatever the bytes are', () => {
  it.each(Object.keys(TARGETS))('%s', { timeout: 180_000 }, async (name) => {
    const before = process.memoryUsage().arrayBuffers;
    const { usable } = await fuzz(name, INPUTS, 1);
    expect(usable).toBeGreaterThan(0);
    expect(usable).toBeLessThan(INPUTS);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(500e6);
  });
});
