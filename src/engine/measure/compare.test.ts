import { describe, expect, it } from 'vitest';
import { measurementFixture, withoutCard } from '../../../tests/fixtures/measurement.ts';
import { amountOf, fastest, inBoth, ratioOnUnit, roofOf, roofPoints, timingOf } from './compare.ts';
import { CONTENDERS, RIVALS } from './contenders.ts';
import { isSameTask, taskOf, TASKS } from './tasks.ts';

const measurement = measurementFixture();
const STOCK_ON_CARD = RIVALS.card.plain;

describe('amounts', () => {
  it('are in the unit of the task', () => {
    expect(amountOf(taskOf('product-square'), 0.1)).toBeCloseTo((2 * 1024 ** 3) / 0.1);
    expect(amountOf(taskOf('copy'), 0.01)).toBeCloseTo((64 * 2 ** 20) / 0.01);
    expect(amountOf(taskOf('call'), 0.0256)).toBeCloseTo(1e-4);
    expect(amountOf(taskOf('step-4'), 0.12)).toBe(0.12);
    expect(amountOf(taskOf('shapley'), 2)).toBe(2048);
  });
});

describe('ratios', () => {
  it('of two devices are of the same task: since protocol 4 a copy is of more than caches hold', () => {
    expect([isSameTask('copy', 3, 4), isSameTask('copy', 5, 1)]).toEqual([false, false]);
    expect([isSameTask('copy', 1, 3), isSameTask('copy', 4, 5), isSameTask('call', 3, 4)]).toEqual([true, true, true]);
  });

  it('are of the same unit, with the worst and the best quartiles', () => {
    const ratio = ratioOnUnit(measurement, 'step-1', 'processor', 'plain');
    expect(ratio?.value).toBeCloseTo(8);
    expect(ratio?.low).toBeCloseTo((8 * 0.97) / 1.05);
    expect(ratio?.high).toBeCloseTo((8 * 1.05) / 0.97);
    expect(ratioOnUnit(measurement, 'step-1', 'card', 'plain')?.value).toBeCloseTo(10);
  });

  it('are none where a contender is wrong, missing, or known from its first run alone', () => {
    expect(timingOf(measurement, 'step-4', STOCK_ON_CARD)).toBeNull();
    expect(ratioOnUnit(measurement, 'step-4', 'card', 'plain')).toBeNull();
    expect(ratioOnUnit(measurement, 'vit-step', 'processor', 'plain')).toBeNull();
    expect(ratioOnUnit(measurement, 'landscape', 'card', 'plain')).toBeNull();
  });

  it('let only who is right be the fastest', () => {
    expect(fastest(measurement, 'step-1')).toBe('webgpu');
    expect(fastest(withoutCard(measurement), 'step-1')).toBe('wasm');
    expect(fastest({ ...measurement, tasks: [] }, 'step-1')).toBeNull();
  });

  it('are to stock operations in either program', () => {
    expect(ratioOnUnit(measurement, 'step-1', 'processor', 'passes')?.value).toBeCloseTo(4);
    expect(ratioOnUnit(measurement, 'step-4', 'card', 'passes')?.value).toBeCloseTo(4);
  });

  it('are among those that took part in both', () => {
    const earlier = { ...measurement, contenders: measurement.contenders.filter(({ id }) => !id.endsWith('passes')) };
    expect(inBoth(measurement, earlier)).toEqual(['wasm', 'tfjs-wasm', 'webgpu', 'tfjs-webgpu']);
    expect(fastest(measurement, 'step-1', ['tfjs-wasm', 'tfjs-wasm-passes'])).toBe('tfjs-wasm-passes');
    expect(fastest(measurement, 'step-1', [])).toBeNull();
  });
});

describe('the roof', () => {
  it('is the best product and the best copy of a unit', () => {
    const roof = roofOf(measurement, 'processor');
    expect(roof?.flops).toBeCloseTo(4e10);
    expect(roof?.bytes).toBeCloseTo(8e9 / 1.4);
    expect(roofOf(withoutCard(measurement), 'card')).toBeNull();
  });

  it('is as low as copies allow where little is computed per byte', () => {
    for (const { task, rate, share, intensity, contender } of roofPoints(measurement)) {
      const roof = roofOf(measurement, CONTENDERS[contender].unit);
      if (!roof) throw new Error('Every point has a roof.');
      expect(intensity).toBeCloseTo(taskOf(task).flops / taskOf(task).bytes);
      expect(rate / share).toBeCloseTo(Math.min(roof.flops, intensity * roof.bytes));
    }
  });
});

describe('the tasks', () => {
  it('count what they are said to count', () => {
    // 12 layers, 17 tokens, width 64: the four maps, the MLP and the two products of attention, forward and for the gradient of the input.
    const block = 2 * 17 * (4 * 64 ** 2 + 2 * 64 * 256) + 4 * 17 ** 2 * 64;
    expect(taskOf('step-1').flops).toBe(2 * 32 * 12 * block);
    expect(taskOf('step-4').flops).toBe(4 * taskOf('step-1').flops);
    expect(taskOf('landscape').flops).toBe(21 * 64 * 12 * block);
    expect(taskOf('shapley').flops).toBe(8190 * 4 * block);
    for (const { flops, bytes, weight } of TASKS) {
      expect(bytes).toBeGreaterThan(0);
      expect(flops).toBeGreaterThanOrEqual(0);
      expect(weight).toBeGreaterThan(0);
    }
  });
});
