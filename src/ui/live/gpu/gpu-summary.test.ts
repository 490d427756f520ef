import { expect, test } from 'vitest';
import type { GpuStep } from '../../../study/result/gpu-step.ts';
import { rateText, summariseGpuStep, timeText } from './gpu-summary.ts';

const step = (matmul: number | null, attention: number | null, grain = 0): GpuStep => ({
  step: 8,
  peakGflops: 40,
  allocatedBytes: 2e6,
  statistics: {
    dispatches: 5,
    uploads: 2,
    uploadedBytes: 1000,
    submits: 1,
    buffersCreated: 0,
    bindGroupsCreated: 0,
    pipelinesCreated: 0,
    grain,
    kinds: {
      attention: { dispatches: 3, flops: 2e6, bytes: 10, milliseconds: attention },
      matmul: { dispatches: 2, flops: 60e6, bytes: 20, milliseconds: matmul },
    },
  },
});

test('with timestamps: shares of time, and arithmetic against the peak', () => {
  const { rows, milliseconds, matmul, matmulShareOfPeak } = summariseGpuStep(step(3, 1));
  expect(milliseconds).toBe(4);
  expect(rows.map(({ kind, share }) => [kind, share])).toEqual([
    ['matmul', 0.75],
    ['attention', 0.25],
  ]);
  expect(matmul?.gflops).toBeCloseTo(20);
  expect(matmulShareOfPeak).toBeCloseTo(0.5);
});

test('a coarse clock tells times with their error, and rates only of what is long beside it', () => {
  const [matmul, attention] = summariseGpuStep(step(3, 0.1, 0.1)).rows;
  expect(matmul.error).toBeCloseTo(0.1 * Math.sqrt(2 / 6));
  expect(matmul.gflops).toBeCloseTo(20);
  expect(attention.gflops).toBeNull();
  expect(summariseGpuStep(step(0.4, 0.1, 0.1)).matmulShareOfPeak).toBeNull();
  expect(summariseGpuStep(step(3, 0.1, 4.2e-5))).toMatchObject({ grain: 0, error: 0 });
  expect(timeText(3.14159, 0)).toBe('3.14 ms');
  expect(timeText(3.2, 0.06)).toBe('3.2 ms');
  expect(timeText(13.7, 2.3)).toBe('14 ms');
  expect(timeText(0, 0.06)).toBe('< 0.1 ms');
  expect(timeText(0.2, 0.35)).toBe('< 0.4 ms');
  expect(rateText(1302.44, 0.06)).toBe('1,300');
  expect(rateText(20.04, 0)).toBe('20.0');
});

test('without timestamps there are counts only', () => {
  const { rows, milliseconds, matmul } = summariseGpuStep(step(null, null));
  expect(milliseconds).toBeNull();
  expect(matmul?.gflops).toBeNull();
  expect(rows.map(({ kind }) => kind)).toEqual(['attention', 'matmul']);
});
