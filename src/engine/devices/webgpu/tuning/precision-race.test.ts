/** Half precision against float32 on a device whose times and numbers are scripted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../../../core/rng.ts';
import type { TunedHalves } from '../../../kernel-tuning.ts';
import { HALF_ROUNDING, type Precision } from '../../../precision.ts';
import { precisionRace } from './precision-race.ts';

interface Script {
  /** Milliseconds of a step without noise. */
  readonly times: Readonly<Record<Precision, number>>;
  /** Its standard deviation, as a share. */
  readonly noise?: number;
  /** Whole multiples of so many milliseconds are told. */
  readonly grain?: number;
  /** By which answers in half precision differ, relatively. */
  readonly difference?: number;
  readonly seed?: number;
}

async function raced({ times, noise = 0.01, grain = 0, difference = HALF_ROUNDING, seed = 1 }: Script) {
  const rng = stream(seed, 'analysis');
  let clock = 0;
  const asked: Precision[] = [];
  const race = precisionRace(
    {
      now: () => clock,
      step(precision) {
        asked.push(precision);
        const time = times[precision] * (1 + noise * rng.normal());
        clock += time;
        const milliseconds = grain > 0 ? grain * Math.floor(time / grain + rng.uniform()) : time;
        const factor = precision === 'f16' ? 1 + difference : 1;
        return Promise.resolve({
          milliseconds,
          answers: [Float32Array.of(2 * factor, 1), Float32Array.of(0.5 * factor)],
        });
      },
    },
    1500,
  );
  let found: TunedHalves | undefined;
  while (!found) {
    const { value, done } = await race.next();
    if (done) found = value;
  }
  return { found, asked };
}

describe('half precision', () => {
  it('wins where it is faster, and says by how much', async () => {
    const { found, asked } = await raced({ times: { f32: 10, f16: 7 } });
    expect(found.faster).toBe(true);
    expect(found.milliseconds?.[0]).toBeCloseTo(10, 0);
    expect(found.milliseconds?.[1]).toBeCloseTo(7, 0);
    expect(found.difference).toBeCloseTo(HALF_ROUNDING, 6);
    expect(asked.filter((precision) => precision === 'f16')).toHaveLength(asked.length / 2);
  });

  it('does not win by noise, by less than the margin, or where it is slower', async () => {
    for (const times of [
      { f32: 10, f16: 10 },
      { f32: 10, f16: 9.8 },
      { f32: 10, f16: 12 },
    ])
      for (const grain of [0, 1])
        await fc.assert(
          fc.asyncProperty(fc.nat(1000), async (seed) => {
            const { found } = await raced({ times, noise: 0.02, grain, seed });
            expect(found.faster && times.f16 > 9.8).toBe(false);
          }),
          { numRuns: 20 },
        );
  });

  it('does not win with other numbers than rounding of weights explains, and is then not timed', async () => {
    for (const difference of [0.1, NaN, Infinity]) {
      const { found, asked } = await raced({ times: { f32: 10, f16: 1 }, difference });
      expect(found).toMatchObject({ faster: false, milliseconds: null });
      if (difference === 0.1) expect(found.difference).toBeCloseTo(0.1, 6);
      else expect(found.difference).toBeNull();
      expect(asked).toEqual(['f32', 'f16']);
    }
  });

  it('takes about half a second, on a slow device as long as a few steps of each take, and never more than it may', async () => {
    const fast = await raced({ times: { f32: 20, f16: 15 } });
    expect(fast.asked.length).toBeLessThan(40);
    const slow = await raced({ times: { f32: 180, f16: 140 } });
    expect(slow.asked).toHaveLength(2 + 2 * 4);
    expect(slow.found.faster).toBe(true);
    const slower = await raced({ times: { f32: 2000, f16: 1500 } });
    expect(slower.asked).toHaveLength(3);
    expect(slower.found).toMatchObject({ faster: false, milliseconds: null });
  });
});
