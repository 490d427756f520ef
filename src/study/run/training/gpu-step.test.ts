import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../engine/engine.ts';
import { DeviceLostError } from '../../../engine/errors.ts';
import type { GpuInspector, GpuStatistics } from '../../../engine/gpu-inspector.ts';
import { createGpuMeter } from './gpu-step.ts';
import type { GpuStep } from '../../result/gpu-step.ts';

const STATISTICS: GpuStatistics = {
  dispatches: 4,
  uploads: 1,
  uploadedBytes: 8,
  submits: 1,
  buffersCreated: 0,
  bindGroupsCreated: 0,
  pipelinesCreated: 0,
  grain: 0,
  kinds: {},
};

interface Card {
  readonly inspector: GpuInspector;
  isLost: boolean;
  peaks: number;
}

/** A card of so many GFLOP/s at most, whose own measurements fail once it is lost. */
function cardOf(peak: number): Card {
  const card: Card = {
    isLost: false,
    peaks: 0,
    inspector: {
      description: { name: 'a card', vendor: '', architecture: '', software: false, features: [], limits: {} },
      takeStatistics: () => STATISTICS,
      measure: async (run) => {
        await run();
        return STATISTICS;
      },
      peakGflops: () => {
        card.peaks++;
        return card.isLost ? Promise.reject(new DeviceLostError('The cable was pulled.')) : Promise.resolve(peak);
      },
      allocatedBytes: peak,
    },
  };
  return card;
}

/** A meter on an engine whose device can be replaced, as a recovery does. */
function metered(first: Card | null) {
  const place = { present: first, seconds: 0 };
  const told: GpuStep[] = [];
  const engine: Pick<Engine, 'inspector'> = {
    get inspector() {
      return place.present?.inspector ?? null;
    },
  };
  const meter = createGpuMeter(
    engine,
    () => place.seconds,
    (gpuStep) => told.push(gpuStep),
  );
  return { place, told, meter };
}

const nothing = () => Promise.resolve();

describe('the meter of steps on the GPU', () => {
  test('tells of a step every five seconds, from the fourth on', async () => {
    const { place, told, meter } = metered(cardOf(100));
    expect([0, 2, 3].map((step) => meter.isDue(step))).toEqual([false, false, true]);
    await meter.measure(nothing, 3);
    expect(told).toEqual([{ step: 4, statistics: STATISTICS, peakGflops: 100, allocatedBytes: 100 }]);
    place.seconds = 4.9;
    expect(meter.isDue(50)).toBe(false);
    place.seconds = 5;
    expect(meter.isDue(50)).toBe(true);
  });

  test('is never due where the engine reports nothing', () => {
    expect(metered(null).meter.isDue(10)).toBe(false);
  });

  test('measures on the device of the present, when the first one was lost before any measurement', async () => {
    const first = cardOf(100);
    const { place, told, meter } = metered(first);
    first.isLost = true;
    place.present = cardOf(200);
    await meter.measure(nothing, 3);
    expect(told).toMatchObject([{ peakGflops: 200, allocatedBytes: 200 }]);
    expect(first.peaks).toBe(0);
  });

  test('tells nothing of a step that two devices computed, and measures the next one', async () => {
    const first = cardOf(100);
    const { place, told, meter } = metered(first);
    await meter.measure(() => {
      first.isLost = true; // and the engine recovers
      place.present = cardOf(200);
      return Promise.resolve();
    }, 3);
    expect(told).toEqual([]);
    expect(meter.isDue(4)).toBe(true);
    await meter.measure(nothing, 4);
    expect(told).toMatchObject([{ step: 5, peakGflops: 200 }]);
  });

  test('fails no step because the peak cannot be measured', async () => {
    const card = cardOf(100);
    const { place, told, meter } = metered(card);
    card.isLost = true;
    await meter.measure(nothing, 3);
    expect(told).toEqual([]);
    expect(meter.isDue(4)).toBe(false); // not at every step
    place.seconds = 5;
    card.isLost = false;
    await meter.measure(nothing, 50);
    expect(told).toHaveLength(1);
  });

  test('lets a failure of the step itself through', async () => {
    const { meter } = metered(cardOf(100));
    await expect(meter.measure(() => Promise.reject(new Error('The step failed.')), 3)).rejects.toThrow('step failed');
  });
});
